using System.ComponentModel.DataAnnotations;

namespace PulseBoard.Activity.Ingestion;

/// <summary>Settings of ingestion.</summary>
internal sealed class IngestionOptions
{
    public const string SectionName = "Ingestion";

    /// <summary>How many events may wait for a commit; more are refused with 503, so that memory stays bounded.</summary>
    [Range(1, 1_000_000)]
    public int Capacity { get; set; } = 10_000;

    /// <summary>Most events in one commit.</summary>
    [Range(1, 10_000)]
    public int BatchSize { get; set; } = 1_000;

    /// <summary>Commits under way at once.</summary>
    [Range(1, 16)]
    public int Writers { get; set; } = 2;

    /// <summary>How often one commit is tried, the first time included, when Postgres is away or a transaction lost a conflict.</summary>
    [Range(1, 20)]
    public int Attempts { get; set; } = 3;

    /// <summary>Pause before the second attempt; each further one doubles it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan RetryPause { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a client waits for its commit before it is told that the database is away.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How far ahead of this machine's clock an event's own time may be.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "366.00:00:00")]
    public TimeSpan FutureTolerance { get; set; } = TimeSpan.FromHours(24);

    /// <summary>What a client that gets 503 is asked to wait.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);
}
