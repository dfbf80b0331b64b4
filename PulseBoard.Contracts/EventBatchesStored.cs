namespace PulseBoard.Contracts;

/// <summary>
/// The broker's message: batches of events were committed and wait to be counted. It may arrive late, twice or never;
/// the row of each batch in the outbox decides.
/// </summary>
/// <param name="BatchIds">The batches' ids, version 7 UUIDs: those that were committed while the last message was on its way.</param>
public sealed record EventBatchesStored(IReadOnlyList<Guid> BatchIds)
{
    /// <summary>The workers' queue. Publisher and worker both declare it, so that a message that comes before the first worker waits.</summary>
    public const string Queue = "pulseboard-batches";
}
