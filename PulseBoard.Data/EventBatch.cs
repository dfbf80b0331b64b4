namespace PulseBoard.Data;

/// <summary>
/// A row of <c>event_batches</c>, the outbox and the gate: it is there while the events of one commit wait to be counted, or
/// when they could not be, and gone once they are. Who deletes it adds the rollups in the same transaction.
/// </summary>
public sealed class EventBatch
{
    /// <summary>The batch's id, a version 7 UUID.</summary>
    public Guid BatchId { get; init; }

    /// <summary>When the batch was committed, in UTC.</summary>
    public DateTimeOffset StoredAt { get; init; }

    /// <summary>How many events the commit stored.</summary>
    public int EventCount { get; init; }

    /// <summary>When the relay publishes it if it is still there, in UTC: a lease, moved ahead by whoever is publishing it.</summary>
    public DateTimeOffset PublishAfter { get; init; }

    /// <summary>The trace of the commit (W3C <c>traceparent</c>), for who publishes it later; null where it is not recorded.</summary>
    public string? TraceParent { get; init; }

    /// <summary>How often counting it failed for a reason of its own.</summary>
    public int Attempts { get; init; }

    /// <summary>The last of those reasons, or null.</summary>
    public string? Error { get; init; }

    /// <summary>When it was given up and set aside, in UTC; null while it is outstanding.</summary>
    public DateTimeOffset? DeadAt { get; init; }

    /// <summary>
    /// When it was discarded, in UTC; null otherwise. A discarded batch is dead as well, and its row stays: its events are in no
    /// rollup, and are not counted again.
    /// </summary>
    public DateTimeOffset? DiscardedAt { get; init; }
}
