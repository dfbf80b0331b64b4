using PulseBoard.Bench.Systems;

namespace PulseBoard.Bench.Faults;

/// <summary>The system that faults happen to, and ways to it past its services.</summary>
internal sealed class FaultTarget : IAsyncDisposable
{
    /// <summary>Those that must live.</summary>
    public static IReadOnlyList<string> Services { get; } = ["activity", "analytics", "dashboard", "web"];

    private FaultTarget(PulseBoardSystem system, string database, string broker)
    {
        System = system;
        Database = new(database);
        Broker = new(broker);
    }

    public PulseBoardSystem System { get; }

    public TargetDatabase Database { get; }

    public TargetBroker Broker { get; }

    /// <summary>Prepares a running system; it stays its owner's.</summary>
    public static async Task<FaultTarget> CreateAsync(PulseBoardSystem system, CancellationToken cancellationToken = default) => new(
        system,
        await system.ConnectionStringAsync("pulseboard-db", cancellationToken),
        await system.ConnectionStringAsync("rabbitmq", cancellationToken));

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
