using PulseBoard.Bench.Faults.Kinds;

namespace PulseBoard.Bench.Faults;

/// <summary>Every fault that can be caused. A new one is one line here, and a class where it is of a new kind.</summary>
internal static class FaultCatalog
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(4);

    /// <summary>Makes one of each.</summary>
    /// <param name="outage">How long servers are away.</param>
    public static IReadOnlyList<Fault> Create(TimeSpan outage) =>
    [
        new Outage("activity", Interruption.Killed, TimeSpan.Zero),
        new Outage("activity", Interruption.Stopped, TimeSpan.Zero),
        new KilledBeforePublish(),
        new Outage("analytics", Interruption.Killed, Short),
        new Outage("analytics", Interruption.Stopped, Short),
        new KilledBeforeCommit(),
        new KilledBeforeAcknowledge(),
        new Outage("rabbitmq", Interruption.Stopped, outage),
        new Outage("rabbitmq", Interruption.Killed, Short),
        new Outage("rabbitmq", Interruption.Hung, Short),
        new Outage("postgres", Interruption.Stopped, Short),
        new Outage("postgres", Interruption.Killed, Short),
        new Outage("postgres", Interruption.Hung, Short),
        new OutOfConnections(Short),
        new ReadOnlyDatabase(Short),
        new FullDisk(Short),
        new Outage("redis", Interruption.Stopped, Short),
        new Outage("redis", Interruption.Hung, Short),
        new DuplicateStorm(),
        new RepeatedDeliveries(),
        new UnstorableEvents(),
        new UncountableBatch(),
        new BrokenBodies(),
        new IdleConnections(Short),
    ];
}
