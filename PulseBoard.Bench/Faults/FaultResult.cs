namespace PulseBoard.Bench.Faults;

/// <summary>What a fault did to a load.</summary>
internal sealed record FaultResult
{
    /// <summary>The fault.</summary>
    public required string Fault { get; init; }

    /// <summary>Events that were sent.</summary>
    public int Posted { get; init; }

    /// <summary>Those that were acknowledged.</summary>
    public int Acknowledged { get; init; }

    /// <summary>Events that were sent again, each time.</summary>
    public int Resent { get; init; }

    /// <summary>Requests that were not acknowledged, by how.</summary>
    public IReadOnlyDictionary<string, int> Refused { get; init; } = new Dictionary<string, int>();

    /// <summary>Longest time in which no client was acknowledged.</summary>
    public TimeSpan LongestGap { get; init; }

    /// <summary>From the beginning of the mending to the next acknowledgement.</summary>
    public TimeSpan Recovered { get; init; }

    /// <summary>From the last post until all was counted.</summary>
    public TimeSpan Counted { get; init; }

    /// <summary>Rollups that are not what the events say; null where it was not reached.</summary>
    public long? Drift { get; init; }

    /// <summary>What the fault really caused.</summary>
    public IReadOnlyList<string> Seen { get; init; } = [];

    /// <summary>What should not have been: nothing.</summary>
    public IReadOnlyList<string> Broken { get; init; } = [];
}
