using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PulseBoard.Dashboard;
using PulseBoard.Dashboard.Answers;
using PulseBoard.Dashboard.Caching;
using PulseBoard.Dashboard.Live;
using PulseBoard.Data;
using PulseBoard.Data.Accounting;
using PulseBoard.Tests.ServiceDefaults;

namespace PulseBoard.Tests.Dashboard.Caching;

/// <summary>
/// A replica of the Dashboard with the cache, the watcher of the metrics version, and one question: <c>/numbers?key=</c>, whose
/// answer is what a test says, computed as a test says.
/// </summary>
internal sealed class Replica : IAsyncDisposable
{
    /// <summary>Where no Redis is.</summary>
    public const string Nowhere = "127.0.0.1:9,connectTimeout=500";

    /// <summary>The key of a question whose answer may not be behind.</summary>
    public const string NeverBehind = "never-behind";

    private static readonly string[] Columns = ["number", "text"];

    private readonly TestService _service;
    private readonly State _state;

    private Replica(TestService service, State state) => (_service, _state) = (service, state);

    public HttpClient Client => _service.Client;

    public KnownVersion Version => _service.Services.GetRequiredService<KnownVersion>();

    public LocalAnswers Local => _service.Services.GetRequiredService<LocalAnswers>();

    /// <summary>How often the answer was computed.</summary>
    public int Computations => Volatile.Read(ref _state.Computations);

    /// <summary>The answer from now on.</summary>
    public int Number
    {
        set => Volatile.Write(ref _state.Number, value);
    }

    /// <summary>What computing waits for.</summary>
    public Func<CancellationToken, Task> Computing
    {
        set => _state.Computing = value;
    }

    /// <summary>Starts one.</summary>
    /// <param name="redis">How to connect to Redis.</param>
    /// <param name="settings">Settings that differ.</param>
    /// <param name="map">Maps more.</param>
    public static async Task<Replica> StartAsync(string redis, Dictionary<string, string?>? settings = null, Action<WebApplication>? map = null)
    {
        var state = new State();
        var service = await TestService.StartAsync(
            builder =>
            {
                // What is counted stays here: nothing writes it to a database.
                builder.Services.AddSingleton<DatabaseConnections>();
                builder.Services.AddSingleton<PipelineCounts>();
                builder.AddCaching();
                builder.AddLive();
            },
            app =>
            {
                app.MapGroup("").AnswerStorageOutages().MapAnswer("numbers", state.Ask, Tabulate).WithName("GetNumbers");
                map?.Invoke(app);
            },
            settings: new Dictionary<string, string?>(settings ?? []) { ["ConnectionStrings:redis"] = redis });
        return new(service, state);
    }

    /// <summary>Asks.</summary>
    public async Task<Reply> GetAsync(string key = "", string? cacheControl = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/numbers?key={key}");
        request.Headers.TryAddWithoutValidation("Cache-Control", cacheControl);
        using var response = await Client.SendAsync(request);
        return new(
            response.StatusCode,
            response.Headers.TryGetValues(AnswerHeaders.CacheStatusName, out var status) ? status.Single() : null,
            await response.Content.ReadAsStringAsync());
    }

    /// <summary>Waits until the metrics version is known here.</summary>
    public Task KnowsAsync(long version) => Eventually.BecomesAsync(
        $"version {version} to be known", () => Task.FromResult(Version.Current?.Version), known => known == version);

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    private static Table Tabulate(Answered answered) => new(Columns, [[answered.Number, "=text"]]);

    /// <summary>What the question is answered with.</summary>
    internal sealed record Answered(int Number);

    /// <summary>What came back.</summary>
    internal sealed record Reply(HttpStatusCode Status, string? CacheStatus, string Body)
    {
        public int Number => int.Parse(Body.Split(':', '}')[1], CultureInfo.InvariantCulture);
    }

    private sealed class State
    {
        public int Computations;
        public int Number;

        public volatile Func<CancellationToken, Task> Computing = _ => Task.CompletedTask;

        public Question<Answered> Ask(HttpContext context)
        {
            var key = context.Request.Query["key"].ToString();
            return key == "refused"
                ? throw new ParameterException("invalid_parameter", "key", "'key' must be another.")
                : new("numbers", key, ComputeAsync) { MayBeBehind = key != NeverBehind };
        }

        private async Task<Answered> ComputeAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref Computations);
            var number = Volatile.Read(ref Number);
            await Computing(cancellationToken);
            return new(number);
        }
    }
}
