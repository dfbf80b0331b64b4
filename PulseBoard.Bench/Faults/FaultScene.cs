using PulseBoard.Bench.Systems;

namespace PulseBoard.Bench.Faults;

/// <summary>What a fault works with during one run, and where it says what it found.</summary>
internal sealed class FaultScene(FaultTarget target, Workload load, int seed)
{
    private readonly List<string> _seen = [];
    private readonly List<string> _broken = [];

    public PulseBoardSystem System => target.System;

    public TargetDatabase Database => target.Database;

    public TargetBroker Broker => target.Broker;

    public Workload Load => load;

    public Random Random { get; } = new(seed);

    /// <summary>What the fault caused, for the table.</summary>
    public IReadOnlyList<string> Seen => _seen;

    /// <summary>What should not have been.</summary>
    public IReadOnlyList<string> Broken => _broken;

    /// <summary>Tells what the fault caused.</summary>
    public void Saw(string what) => _seen.Add(what);

    /// <summary>Tells what must hold.</summary>
    public void Expect(bool holds, string otherwise)
    {
        if (!holds)
        {
            lock (_broken)
            {
                _broken.Add(otherwise);
            }
        }
    }
}
