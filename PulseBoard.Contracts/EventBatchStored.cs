namespace PulseBoard.Contracts;

/// <summary>
/// The broker's message: a batch of events was committed and waits to be counted. It may arrive late, twice or never;
/// the batch's row in the outbox decides.
/// </summary>
/// <param name="BatchId">The batch's id, a version 7 UUID.</param>
public sealed record EventBatchStored(Guid BatchId)
{
    /// <summary>The workers' queue. Publisher and worker both declare it, so that a message that comes before the first worker waits.</summary>
    public const string Queue = "pulseboard-batches";
}
