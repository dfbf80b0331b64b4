using System.ComponentModel.DataAnnotations;

namespace PulseBoard.Analytics.Compaction;

/// <summary>Settings of compaction.</summary>
internal sealed class CompactionOptions
{
    public const string SectionName = "Compaction";

    /// <summary>Time between two looks at what there is to compact.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How many deltas are compacted at once as soon as there are so many. Each reader reads those that wait; each compaction writes
    /// every row that it touches anew, however little is added.
    /// </summary>
    [Range(1, 1_000_000)]
    public int Enough { get; set; } = 6_000;

    /// <summary>How long fewer of them wait at most.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Most deltas in one transaction.</summary>
    [Range(1, 10_000_000)]
    public int ChunkSize { get; set; } = 200_000;

    /// <summary>Most changed tasks in one transaction: they are locked until it ends, and counting what else happens to them waits.</summary>
    [Range(1, 10_000_000)]
    public int TaskChunkSize { get; set; } = 20_000;

    /// <summary>How long one statement may take.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);
}
