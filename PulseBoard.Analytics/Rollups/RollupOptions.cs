using System.ComponentModel.DataAnnotations;

namespace PulseBoard.Analytics.Rollups;

/// <summary>Settings of counting.</summary>
internal sealed class RollupOptions
{
    public const string SectionName = "Rollups";

    /// <summary>
    /// How many messages this worker takes from the broker before it has counted their batches: enough to be busy, and few enough
    /// to leave some of a backlog to the other workers.
    /// </summary>
    [Range(1, 10_000)]
    public int Prefetch { get; set; } = 16;

    /// <summary>A transaction takes the batches that wait until there are so many; the last message may be over it.</summary>
    [Range(1, 10_000)]
    public int GroupSize { get; set; } = 100;

    /// <summary>How often a batch that fails for a reason of its own is tried before it is set aside.</summary>
    [Range(1, 100)]
    public int Attempts { get; set; } = 5;

    /// <summary>How long such a batch waits for its next attempt.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan AttemptPause { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest pause between two attempts while Postgres is away, or while transactions conflict.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00")]
    public TimeSpan OutagePause { get; set; } = TimeSpan.FromSeconds(1);
}
