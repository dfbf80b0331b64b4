namespace PulseBoard.Contracts;

/// <summary>
/// What became of every event: the body of <c>GET /api/pipeline</c>. It comes from Postgres, so it survives restarts, but for
/// <see cref="Broker"/>. Where nothing was counted yet a mean is null.
/// </summary>
/// <param name="AsOf">When it was read, in UTC.</param>
/// <param name="Since">When the first of what the services count was counted, in UTC: to the minute, or to the day where it is long ago.</param>
/// <param name="Events">Events, by what became of them.</param>
/// <param name="Batches">Commits of events.</param>
/// <param name="Publishing">The way of the batches to the broker.</param>
/// <param name="Outbox">Batches that are not counted.</param>
/// <param name="Counting">Batches that are.</param>
/// <param name="Broker">The workers' queue.</param>
/// <param name="Cache">Answers of the read API, by where they came from.</param>
/// <param name="Reconciliation">The last comparison of rollups with events; null before the first.</param>
/// <param name="Recent">The last hour by minute.</param>
public sealed record PipelineStatus(
    DateTimeOffset AsOf,
    DateTimeOffset? Since,
    PipelineEvents Events,
    PipelineBatches Batches,
    PipelinePublishing Publishing,
    PipelineOutbox Outbox,
    PipelineCounting Counting,
    PipelineBroker Broker,
    PipelineCache Cache,
    PipelineReconciliation? Reconciliation,
    PipelineRecent Recent);

/// <summary>
/// Events, by what became of them. What is stored is exact at every moment: an event and its batch's row in the outbox are
/// committed together, and the row goes in the transaction that adds the event to the rollups, so each stored event is in
/// exactly one of the two; both are read in one snapshot, and the reconciler compares the rollups with the events themselves.
/// Duplicates and rejections are flushed every second: a process that is killed loses those of its last second.
/// <para>
/// They are counted by answer. An event whose caller was told 503 since its commit took longer than Activity's
/// <c>AnswerTimeout</c> may be stored all the same: then it stands in rejected and in stored, and when it is sent again in
/// duplicates.
/// </para>
/// </summary>
/// <param name="Received">Accepted, duplicates and rejected together.</param>
/// <param name="Accepted">What is stored: the same as <paramref name="Stored"/>.</param>
/// <param name="Duplicates">Sent again after they were stored; nothing changed.</param>
/// <param name="Rejected">Refused, for whatever reason, or answered 503 before its commit had ended.</param>
/// <param name="RejectedByCode">The same, by the code of the answer.</param>
/// <param name="Stored">Counted, pending, dead and discarded together.</param>
/// <param name="Counted">In the rollups.</param>
/// <param name="Pending">Stored and not counted yet.</param>
/// <param name="Dead">In batches that could not be counted.</param>
/// <param name="Discarded">In dead batches that somebody has given up.</param>
public sealed record PipelineEvents(
    long Received,
    long Accepted,
    long Duplicates,
    long Rejected,
    IReadOnlyDictionary<string, long> RejectedByCode,
    long Stored,
    long Counted,
    long Pending,
    long Dead,
    long Discarded);

/// <summary>Commits of events.</summary>
/// <param name="Committed">How many went through.</param>
/// <param name="MeanSize">Events that were committed together, on average; duplicates are among them.</param>
/// <param name="MeanCommitSeconds">How long a commit took, on average, its retries included.</param>
public sealed record PipelineBatches(long Committed, double? MeanSize, double? MeanCommitSeconds);

/// <summary>The way of the batches to the broker.</summary>
/// <param name="Confirmed">Batches that the broker confirmed right after their commit.</param>
/// <param name="Failed">Attempts that it did not confirm.</param>
/// <param name="Dropped">Batches that the publisher had no room for, and left to the relay.</param>
/// <param name="Relayed">Batches that the broker confirmed later; one may be relayed several times.</param>
public sealed record PipelinePublishing(long Confirmed, long Failed, long Dropped, long Relayed);

/// <summary>Batches that are not counted.</summary>
/// <param name="PendingBatches">They wait to be counted.</param>
/// <param name="PendingEvents">Events in those.</param>
/// <param name="OldestPendingSeconds">Age of the oldest of them; null where there is none.</param>
/// <param name="DeadBatches">They could not be counted, and wait for somebody to replay or discard them.</param>
/// <param name="DeadEvents">Events in those.</param>
/// <param name="DiscardedBatches">Somebody has given them up.</param>
/// <param name="DiscardedEvents">Events in those.</param>
public sealed record PipelineOutbox(
    long PendingBatches,
    long PendingEvents,
    double? OldestPendingSeconds,
    long DeadBatches,
    long DeadEvents,
    long DiscardedBatches,
    long DiscardedEvents);

/// <summary>Batches that are counted.</summary>
/// <param name="Events">Events in the rollups.</param>
/// <param name="Batches">Batches that were counted.</param>
/// <param name="Repeated">Deliveries that had nothing to count, since the batch was counted before or is set aside.</param>
/// <param name="Failed">Attempts that could not count a batch for a reason of its own.</param>
/// <param name="LagSeconds">Mean time from a batch's commit to its rollup, of the batches that were counted in the last hour.</param>
/// <param name="NewestReceivedAt">When the newest event that is counted came in, in UTC; null before the first.</param>
/// <param name="NewestAgeSeconds">How long ago that was: the age of the numbers while events come in.</param>
public sealed record PipelineCounting(
    long Events, long Batches, long Repeated, long Failed, double? LagSeconds, DateTimeOffset? NewestReceivedAt, double? NewestAgeSeconds);

/// <summary>The workers' queue, as the broker says at this moment.</summary>
/// <param name="State"><see cref="Up"/>, or <see cref="Away"/>: it did not answer in time, and the rest is null.</param>
/// <param name="Ready">Messages that wait for a worker; those that a worker has taken and not acknowledged yet are not among them.</param>
/// <param name="Consumers">Workers that take them.</param>
public sealed record PipelineBroker(string State, long? Ready, long? Consumers)
{
    /// <summary>The broker answered.</summary>
    public const string Up = "up";

    /// <summary>The broker did not answer in time. Events are stored all the same, and counted when it is back.</summary>
    public const string Away = "away";
}

/// <summary>Answers of the read API, by where they came from.</summary>
/// <param name="Hits">From the cache.</param>
/// <param name="Misses">Computed, and kept.</param>
/// <param name="Errors">Computed because Redis did not answer.</param>
/// <param name="Stale">From the cache and a moment behind, while the next one was computed.</param>
/// <param name="HitRatio">The share of those that came from the cache, stale ones among them: 0 to 1; null before the first answer.</param>
public sealed record PipelineCache(long Hits, long Misses, long Errors, long Stale, double? HitRatio);

/// <summary>The last comparison of rollups with the events of closed batches, which is what proves the numbers of this document.</summary>
/// <param name="CheckedAt">When it ended, in UTC.</param>
/// <param name="Complete">Whether it looked at all days, instead of those that may still change.</param>
/// <param name="Days">Days that it looked at.</param>
/// <param name="Events">Events of those days.</param>
/// <param name="Drift">By how many events the rollups differ: always zero, or else something is wrong.</param>
public sealed record PipelineReconciliation(DateTimeOffset CheckedAt, bool Complete, int Days, long Events, long Drift);

/// <summary>The last hour by minute: each list has one number per minute, the present one last.</summary>
/// <param name="From">The beginning of the first minute, in UTC.</param>
/// <param name="Accepted">Events that were answered as accepted.</param>
/// <param name="Duplicates">Events that were answered as stored before.</param>
/// <param name="Rejected">Events that were refused.</param>
/// <param name="Counted">Events that were counted.</param>
public sealed record PipelineRecent(
    DateTimeOffset From,
    IReadOnlyList<long> Accepted,
    IReadOnlyList<long> Duplicates,
    IReadOnlyList<long> Rejected,
    IReadOnlyList<long> Counted);
