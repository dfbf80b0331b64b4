using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PulseBoard.Contracts;
using PulseBoard.Dashboard;
using PulseBoard.Dashboard.Live;
using PulseBoard.Data;
using PulseBoard.Data.Accounting;
using PulseBoard.ServiceDefaults;
using PulseBoard.Tests.Application;
using PulseBoard.Tests.ServiceDefaults;

namespace PulseBoard.Tests.Dashboard;

/// <summary>The stream of a Dashboard without its Redis: the test says what changes.</summary>
internal sealed class StreamService : IAsyncDisposable
{
    public static readonly Uri Route = new("/api/metrics/stream", UriKind.Relative);

    private readonly TestService _service;

    private StreamService(TestService service) => _service = service;

    public MetricsFeed Feed => _service.Services.GetRequiredService<MetricsFeed>();

    public Uri Address => _service.Address;

    public HttpClient Client => _service.Client;

    /// <param name="settings">Settings of <see cref="LiveOptions"/>.</param>
    public static async Task<StreamService> StartAsync(params (string Name, string Value)[] settings) => new(await TestService.StartAsync(
        builder =>
        {
            builder.Services.AddValidatedOptions<LiveOptions>(LiveOptions.SectionName);

            // What is counted stays here: nothing writes it to a database.
            builder.Services.AddSingleton<DatabaseConnections>();
            builder.Services.AddSingleton<PipelineCounts>();
            builder.Services.AddSingleton<DashboardTelemetry>();
            builder.Services.AddSingleton<MetricsFeed>();
            builder.Services.AddHostedService(services => services.GetRequiredService<MetricsFeed>());
        },
        app => app.MapLiveApi(),
        settings: settings.ToDictionary(setting => $"{LiveOptions.SectionName}:{setting.Name}", setting => (string?)setting.Value)));

    /// <summary>Opens a stream, and waits until it is there.</summary>
    /// <param name="lastEventId">What the client says that it was told last, or null.</param>
    public Task<StreamReader> OpenAsync(string? lastEventId = null) => StreamReader.OpenAsync(Client, lastEventId);

    /// <summary>Asks the service to stop.</summary>
    public void Stop() => _service.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    /// <summary>A client of the stream.</summary>
    internal sealed class StreamReader : IAsyncDisposable
    {
        private readonly CancellationTokenSource _limit = new(Eventually.DefaultLimit);
        private readonly HttpResponseMessage _response;
        private readonly IAsyncEnumerator<SseItem<string>> _items;

        private StreamReader(HttpResponseMessage response, Stream body)
        {
            (_response, Parser) = (response, SseParser.Create(body));
            _items = Parser.EnumerateAsync(_limit.Token).GetAsyncEnumerator(_limit.Token);
        }

        public SseParser<string> Parser { get; }

        public static async Task<StreamReader> OpenAsync(HttpClient client, string? lastEventId = null, Uri? route = null)
        {
            using var limit = new CancellationTokenSource(Eventually.DefaultLimit);
            using var request = new HttpRequestMessage(HttpMethod.Get, route ?? Route);
            if (lastEventId is not null)
            {
                Assert.True(request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId));
            }

            var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return new(response, await response.Content.ReadAsStreamAsync(limit.Token));
        }

        /// <summary>The next message, of whatever kind; null at the end of the stream.</summary>
        public async Task<SseItem<string>?> NextAsync() => await _items.MoveNextAsync() ? _items.Current : null;

        /// <summary>The next change.</summary>
        public async Task<MetricsChanged> NextChangeAsync()
        {
            while (true)
            {
                var item = Assert.NotNull(await NextAsync());
                if (item.EventType == MetricsChanged.EventType)
                {
                    return JsonSerializer.Deserialize<MetricsChanged>(item.Data, PulseBoardApplication.Json)!;
                }
            }
        }

        public async ValueTask DisposeAsync()
        {
            // The reading is given up first: disposing of its iterator would else wait for it.
            await _limit.CancelAsync();
            await _items.DisposeAsync();
            _response.Dispose();
            _limit.Dispose();
        }
    }
}
