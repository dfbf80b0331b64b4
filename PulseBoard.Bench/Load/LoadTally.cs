namespace PulseBoard.Bench.Load;

/// <summary>What one client, or all of them, got.</summary>
internal sealed class LoadTally
{
    /// <summary>How long the measured requests took, answered in whichever way.</summary>
    public LatencyHistogram Latencies { get; } = new();

    /// <summary>What went wrong, by name; unmeasured requests included.</summary>
    public Dictionary<string, long> Errors { get; } = [];

    /// <summary>Requests that succeeded within the measured time.</summary>
    public long Requests { get; set; }

    /// <summary>Events that were accepted within the measured time.</summary>
    public long Events { get; set; }

    /// <summary>Events that were accepted at any time: so many must be stored.</summary>
    public long Acknowledged { get; set; }

    /// <summary>The end of the last measured request, since the load began.</summary>
    public TimeSpan LastEnd { get; set; }

    public void Fail(string name, long count = 1) => Errors[name] = Errors.GetValueOrDefault(name) + count;

    public void Add(LoadTally other)
    {
        Latencies.Add(other.Latencies);
        (Requests, Events, Acknowledged) = (Requests + other.Requests, Events + other.Events, Acknowledged + other.Acknowledged);
        LastEnd = other.LastEnd > LastEnd ? other.LastEnd : LastEnd;
        foreach (var (name, count) in other.Errors)
        {
            Fail(name, count);
        }
    }
}
