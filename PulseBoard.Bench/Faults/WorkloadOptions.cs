namespace PulseBoard.Bench.Faults;

/// <summary>How much is posted, and by how many.</summary>
internal sealed class WorkloadOptions
{
    /// <summary>Clients that post one event at a time.</summary>
    public int SinglePosters { get; init; } = 8;

    /// <summary>Time between two posts of such a client, where the answer does not take longer.</summary>
    public TimeSpan SinglePace { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Clients that post batches.</summary>
    public int BatchPosters { get; init; } = 2;

    /// <summary>Time between two batches of such a client, where the answer does not take longer.</summary>
    public TimeSpan BatchPace { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Events in a batch.</summary>
    public int BatchSize { get; init; } = 20;

    /// <summary>People whose events they are: few, so that transactions meet at the same rows.</summary>
    public int People { get; init; } = 12;

    /// <summary>One post in so many repeats an event that was acknowledged.</summary>
    public int RepeatEvery { get; init; } = 20;

    /// <summary>One event in so many happened a day ago.</summary>
    public int PastEvery { get; init; } = 8;
}
