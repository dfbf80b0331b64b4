using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using PulseBoard.Bench.Faults;
using PulseBoard.Bench.Systems;
using PulseBoard.Contracts;
using PulseBoard.Tests.Telemetry;

namespace PulseBoard.Tests.Application;

/// <summary>The whole system, which tests share, with what they ask of it.</summary>
public class PulseBoardApplication : IAsyncLifetime
{
    private const string ExportDelayMilliseconds = "500";

    private PulseBoardSystem? _system;
    private TelemetryCollector? _telemetry;
    private NpgsqlDataSource? _database;

    /// <summary>JSON as the wire has it.</summary>
    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    internal PulseBoardSystem System => _system ?? throw new InvalidOperationException("The application has not started.");

    /// <summary>What the services export.</summary>
    internal TelemetryCollector Telemetry => _telemetry ?? throw new InvalidOperationException("The application has not started.");

    internal HttpClient Activity { get; private set; } = null!;

    internal HttpClient Dashboard { get; private set; } = null!;

    internal HttpClient Web { get; private set; } = null!;

    /// <summary>Environment variables of the services, beyond those of every test.</summary>
    internal virtual IReadOnlyList<ServiceVariable> Variables => [];

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        try
        {
            await StartAsync();
        }
        catch
        {
            // Nobody disposes of a fixture that failed to start, and its processes would stay until the test run ends.
            await DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public async Task DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        if (_system is not null)
        {
            await _system.DisposeAsync();
        }

        if (_telemetry is not null)
        {
            await _telemetry.DisposeAsync();
        }
    }

    private async Task StartAsync()
    {
        _telemetry = await TelemetryCollector.StartAsync();
        _system = await PulseBoardSystem.StartAsync(new()
        {
            Variables =
            [
                new(null, "OTEL_EXPORTER_OTLP_ENDPOINT", _telemetry.Endpoint),
                new(null, "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
                // All traces, also after a test that was a flood.
                new(null, "OTEL_TRACES_SAMPLER", "always_on"),
                new(null, "OTEL_BSP_SCHEDULE_DELAY", ExportDelayMilliseconds),
                new(null, "OTEL_BLRP_SCHEDULE_DELAY", ExportDelayMilliseconds),
                new(null, "OTEL_METRIC_EXPORT_INTERVAL", ExportDelayMilliseconds),
                .. Variables,
            ],
        });
        Activity = _system.CreateClient("activity");
        Dashboard = _system.CreateClient("dashboard");
        Web = _system.CreateClient("web");

        // Without a pool: it would hand out connections that a stopped Postgres has ended.
        _database = NpgsqlDataSource.Create($"{await ConnectionStringAsync("pulseboard-db")};Pooling=false");
    }

    internal Task<string> ConnectionStringAsync(string resource) => System.ConnectionStringAsync(resource);

    /// <summary>A person nobody else in the test run is.</summary>
    internal static string NewUser() => $"{Guid.NewGuid():N}@example.com";

    /// <summary>Posts an event and asserts that it is acknowledged.</summary>
    internal async Task<ActivityReceipt> PostAsync(string user, string type, Guid? eventId = null, string? timestamp = null)
    {
        using var response = await Activity.PostAsJsonAsync("/api/activity", new { user, type, event_id = eventId, timestamp });
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<ActivityReceipt>(Json))!;
    }

    /// <summary>A person's line of the summary, or null.</summary>
    internal async Task<UserSummary?> SummaryAsync(string user)
    {
        var summaries = await Dashboard.GetFromJsonAsync<UserSummary[]>("/api/metrics/summary", Json);
        return summaries!.SingleOrDefault(summary => summary.UserId == user);
    }

    /// <summary>Waits until the summary has counted so many events of a person.</summary>
    internal Task<UserSummary?> CountedAsync(string user, long events, TimeSpan? limit = null) =>
        Eventually.BecomesAsync(
            $"{events} events of {user} in the summary", () => SummaryAsync(user), summary => summary?.TotalEvents == events, limit);

    /// <summary>The first column of the first row of a query, or null.</summary>
    internal async Task<T?> QueryAsync<T>(string sql, params object[] parameters)
    {
        await using var command = _database!.CreateCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new() { Value = parameter });
        }

        return await command.ExecuteScalarAsync() is T value ? value : default;
    }

    /// <summary>How many events of a person are stored.</summary>
    internal Task<long> StoredAsync(string user) => QueryAsync<long>("SELECT count(*) FROM events WHERE user_id = $1", user);

    /// <summary>How many batches are neither counted nor dead.</summary>
    internal Task<long> OutstandingAsync() => QueryAsync<long>("SELECT count(*) FROM event_batches WHERE dead_at IS NULL");

    /// <summary>
    /// The invariants, once nothing is outstanding: the rollups are the events of the closed batches, for each person and day.
    /// </summary>
    internal async Task AssertInvariantsAsync()
    {
        await Eventually.BecomesAsync("pending to be zero", OutstandingAsync, outstanding => outstanding == 0);
        Assert.Equal(0, await QueryAsync<long>(Invariants.Drift));
    }
}
