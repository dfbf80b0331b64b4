using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using PulseBoard.Tests.Application;
using PulseBoard.Tests.Pipeline;

namespace PulseBoard.Tests.Activity;

/// <summary>An ingestion of its own, with a database of its own, so that no other relay publishes what it does not.</summary>
[Collection(ApplicationCollection.Name)]
public sealed class BusRecoveryTests(PulseBoardApplication application) : IAsyncLifetime, IDisposable
{
    private const string Published =
        "SELECT coalesce(sum(value), 0)::bigint FROM pipeline_counts WHERE name IN ('publish.confirmed', 'publish.relayed')";

    private readonly HttpClient _client = new();
    private TestDatabase _database = null!;
    private BrokerProxy _broker = null!;
    private ServiceProcess _activity = null!;

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(application);
        _broker = BrokerProxy.Start(await application.ConnectionStringAsync("rabbitmq"));
        _activity = await ServiceProcess.StartAsync("Activity", [
            new("ConnectionStrings__pulseboard-db", _database.ConnectionString),
            new("ConnectionStrings__rabbitmq", _broker.Address),
            new("Access__IngestionKey", TestSecrets.IngestionKey),
            new("Publishing__Grace", "00:00:01"),
            new("Publishing__ConfirmTimeout", "00:00:01"),
            new("Publishing__BusPatience", "00:00:03"),
        ]);
        _client.BaseAddress = _activity.Address;
        _client.DefaultRequestHeaders.Authorization = new("Bearer", TestSecrets.IngestionKey);
    }

    /// <inheritdoc />
    public async Task DisposeAsync()
    {
        await _activity.DisposeAsync();
        _broker.Dispose();
        await _database.DisposeAsync();
    }

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Batches_go_out_through_another_bus_when_the_connection_is_dead_and_nobody_notices()
    {
        await PostAsync();
        var before = await PublishedAsync(1);
        Assert.Equal("Healthy", await HealthAsync());

        _broker.Silence();
        await PostAsync();

        await Eventually.BecomesAsync("the bus to be degraded", HealthAsync, status => status == "Degraded");
        await PublishedAsync(before + 1);
        await Eventually.BecomesAsync("the bus to be healthy again", HealthAsync, status => status == "Healthy");
        Assert.Contains("a new one is started", _activity.Output, StringComparison.Ordinal);
    }

    private async Task PostAsync()
    {
        using var response = await _client.PostAsJsonAsync("/api/activity", new { user = PulseBoardApplication.NewUser(), type = "task_created" });
        response.EnsureSuccessStatusCode();
    }

    private Task<long> PublishedAsync(long atLeast) => Eventually.BecomesAsync(
        $"{atLeast} batches to be published",
        async () => long.Parse((await _database.QueryAsync(Published)).Single(), CultureInfo.InvariantCulture),
        published => published >= atLeast);

    private async Task<string?> HealthAsync()
    {
        var health = await _client.GetFromJsonAsync<JsonElement>("/health");
        return health.GetProperty("checks").GetProperty("masstransit-bus").GetProperty("status").GetString();
    }
}
