namespace PulseBoard.Contracts;

/// <summary>
/// Names of what the services count for <c>GET /api/pipeline</c>. They are kept with their values, so they are never renamed;
/// nothing that a client sends is ever part of one.
/// </summary>
public static class PipelineCounters
{
    /// <summary>Events that were answered as accepted. How many there are in all is known from what is stored, not from this.</summary>
    public const string EventsAccepted = "events.accepted";

    /// <summary>Events that were answered as stored before.</summary>
    public const string EventsDuplicate = "events.duplicate";

    /// <summary>What <see cref="EventsRejected"/> begins with.</summary>
    public const string EventsRejectedPrefix = "events.rejected.";

    /// <summary>Commits that went through.</summary>
    public const string BatchesCommitted = "batches.committed";

    /// <summary>Events in those commits, duplicates among them.</summary>
    public const string BatchesEvents = "batches.events";

    /// <summary>Time that those commits took, their retries included.</summary>
    public const string CommitMicroseconds = "commit.microseconds";

    /// <summary>Batches that the broker confirmed right after their commit.</summary>
    public const string PublishConfirmed = "publish.confirmed";

    /// <summary>Attempts that the broker did not confirm, by whichever way.</summary>
    public const string PublishFailed = "publish.failed";

    /// <summary>Batches that the publisher had no room for, and left to the relay.</summary>
    public const string PublishDropped = "publish.dropped";

    /// <summary>Batches that the broker confirmed to the relay; one may be relayed several times.</summary>
    public const string PublishRelayed = "publish.relayed";

    /// <summary>Batches that were counted.</summary>
    public const string RollupsBatches = "rollups.batches";

    /// <summary>Events that were counted.</summary>
    public const string RollupsEvents = "rollups.events";

    /// <summary>Deliveries of batches that were counted before, or are set aside: nothing was counted.</summary>
    public const string RollupsRepeated = "rollups.repeated";

    /// <summary>Attempts that could not count a batch for a reason of its own.</summary>
    public const string RollupsFailed = "rollups.failed";

    /// <summary>Time from the commit of each counted batch to its rollup, summed.</summary>
    public const string RollupsLagMicroseconds = "rollups.lag.microseconds";

    /// <summary>Answers of the read API that came from the cache.</summary>
    public const string CacheHit = "cache.hit";

    /// <summary>Answers that were computed, and kept.</summary>
    public const string CacheMiss = "cache.miss";

    /// <summary>Answers that were computed because Redis did not answer.</summary>
    public const string CacheError = "cache.error";

    /// <summary>Answers that came from the cache a moment behind, while the next one was computed.</summary>
    public const string CacheStale = "cache.stale";

    /// <summary>Where counts go that have no place of their own, since there are too many names: a fault of the program.</summary>
    public const string Other = "other";

    /// <summary>Most characters in a name; the width of the column.</summary>
    public const int NameLength = 80;

    /// <summary>Events that were refused with a code.</summary>
    /// <param name="code">The code of the problem details: one of the API's own constants, never a client's text.</param>
    public static string EventsRejected(string code) => EventsRejectedPrefix + code;
}
