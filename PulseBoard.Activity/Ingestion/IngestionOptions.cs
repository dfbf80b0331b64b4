using System.ComponentModel.DataAnnotations;
using PulseBoard.Contracts;

namespace PulseBoard.Activity.Ingestion;

/// <summary>Settings of ingestion.</summary>
internal sealed class IngestionOptions : IValidatableObject
{
    public const string SectionName = "Ingestion";

    /// <summary>Most bytes of one event's JSON.</summary>
    [Range(1_024, 1 << 20)]
    public int EventBytes { get; set; } = EventLimits.EventBytes;

    /// <summary>Most events in one batch of a client.</summary>
    [Range(1, 10_000)]
    public int BatchEvents { get; set; } = 1_000;

    /// <summary>Most bytes of such a batch, unpacked.</summary>
    [Range(1_024, 16 << 20)]
    public int BatchBytes { get; set; } = 1 << 20;

    /// <summary>How many batches of clients may be under way at once, from their first byte to their answer; more are refused with 429.</summary>
    [Range(1, 10_000)]
    public int BatchConcurrency { get; set; } = 64;

    /// <summary>How many events may be under way; more are refused with 503, so that memory stays bounded.</summary>
    [Range(1, 1_000_000)]
    public int Capacity { get; set; } = 50_000;

    /// <summary>How much memory the events that are under way may take, in bytes; more are refused with 503.</summary>
    [Range(1 << 20, 16L << 30)]
    public long CapacityBytes { get; set; } = 64 << 20;

    /// <summary>A commit takes what waits until it has so many events; the last batch of a client may be over it.</summary>
    [Range(1, 10_000)]
    public int CommitSize { get; set; } = 1_000;

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

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (BatchBytes < EventBytes)
        {
            yield return new($"{SectionName}:{nameof(BatchBytes)} must be at least {nameof(EventBytes)}: a batch of one event must fit.", [nameof(BatchBytes)]);
        }

        if (ActivityEvent.MostBytes(BatchEvents, BatchBytes) is var most && CapacityBytes < most)
        {
            yield return new($"{SectionName}:{nameof(CapacityBytes)} must be at least {most}: a full batch could never be taken.", [nameof(CapacityBytes)]);
        }

        if (Capacity < BatchEvents)
        {
            yield return new($"{SectionName}:{nameof(Capacity)} must be at least {nameof(BatchEvents)}: no full batch could ever be taken.", [nameof(Capacity)]);
        }
    }
}
