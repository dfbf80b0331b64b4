using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using PulseBoard.Dashboard.Caching;
using PulseBoard.Dashboard.Events;
using PulseBoard.Dashboard.Filtering;
using PulseBoard.Dashboard.Metrics;
using PulseBoard.Dashboard.People;
using PulseBoard.Dashboard.Pipeline;
using PulseBoard.Data;
using PulseBoard.Data.Accounting;

namespace PulseBoard.Bench.Reading;

/// <summary>
/// The plans by which Postgres answers questions. The read API's own code asks them, in this process and over one connection whose
/// session tells the plan of each statement, with what it read and how long it took: so they are the plans of the very statements,
/// with their very parameters.
/// </summary>
internal sealed class QueryPlans : IAsyncDisposable
{
    // A statement is prepared once it was used five times, and then planned five times more before it may get a plan for good.
    private const int Uses = 12;

    // Only a superuser may have a library loaded into its session. What it tells comes as notices.
    private const string Explaining =
        "-c session_preload_libraries=auto_explain -c auto_explain.log_min_duration=0 -c auto_explain.log_analyze=on -c auto_explain.log_buffers=on -c client_min_messages=log";

    private const string PlanText = "plan:\n";

    // What the pool says between two users of the connection.
    private const string Reset = "Query Text: SET SESSION AUTHORIZATION DEFAULT";

    private readonly WebApplication _app;
    private readonly NpgsqlConnection _connection;
    private readonly HttpClient _client;
    private readonly List<string> _told = [];

    private QueryPlans(WebApplication app, NpgsqlConnection connection)
    {
        (_app, _connection, _client) = (app, connection, new() { BaseAddress = new(app.Urls.Single()) });
        _connection.Notice += (_, notice) =>
        {
            var text = notice.Notice.MessageText;
            if (text.Contains(PlanText, StringComparison.Ordinal) && !text.Contains(Reset, StringComparison.Ordinal))
            {
                _told.Add(text);
            }
        };
    }

    /// <summary>Prepares to explain.</summary>
    /// <param name="database">The connection string of a superuser.</param>
    /// <param name="zone">The reporting zone.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<QueryPlans> OpenAsync(string database, string zone, CancellationToken cancellationToken)
    {
        var tuned = new NpgsqlConnectionStringBuilder(DatabaseConnections.Tune(database, "bench", maximumPoolSize: 1));
        tuned.Options = $"{tuned.Options} {Explaining}";
        var connection = new NpgsqlConnection(tuned.ConnectionString);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");

        // Without the servers that make answers quick: all of them are computed.
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:redis"] = "127.0.0.1:1,connectTimeout=100",
            ["ConnectionStrings:rabbitmq"] = "amqp://127.0.0.1:1",
            ["Reporting:TimeZone"] = zone,
        });
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddDbContext<PulseBoardContext>(options => options.UseNpgsql(connection));
        builder.Services.AddSingleton<DatabaseConnections>();
        builder.Services.AddSingleton<PipelineCounts>();
        builder.AddFiltering();
        builder.AddCaching();
        builder.AddMetrics();
        builder.AddEvents();
        builder.AddPipeline();
        builder.AddPeople();

        var app = builder.Build();
        app.MapMetricsApi();
        app.MapEventApi();
        app.MapPipelineApi();
        app.MapPeopleApi();
        app.MapTeamsApi();
        await app.StartAsync(cancellationToken);
        return new(app, connection);
    }

    /// <summary>The plans of one question, as text.</summary>
    /// <param name="question">Path and query, escaped.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BenchmarkException">There are none.</exception>
    public async Task<string> ExplainAsync(string question, CancellationToken cancellationToken)
    {
        for (var use = 0; use < Uses; use++)
        {
            _told.Clear();
            using var response = await _client.GetAsync(question, cancellationToken);
            response.EnsureSuccessStatusCode();
        }

        var text = new StringBuilder();
        foreach (var plan in _told)
        {
            text.AppendLine().AppendLine(plan[(plan.IndexOf(PlanText, StringComparison.Ordinal) + PlanText.Length)..].Trim());
        }

        return _told.Count > 0 ? text.ToString() : throw new BenchmarkException("Postgres tells no plans: it takes a superuser, and the library auto_explain.");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
