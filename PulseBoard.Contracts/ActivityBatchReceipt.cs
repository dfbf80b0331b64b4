namespace PulseBoard.Contracts;

/// <summary>
/// The answer to a batch: the body of 202 and 207 from <c>POST /api/activity/batch</c>, and members of the problem details where
/// none of its events was taken.
/// </summary>
/// <param name="Accepted">Events that are stored now.</param>
/// <param name="Duplicates">Events whose id was stored before: nothing changed.</param>
/// <param name="Rejected">Events that are not stored.</param>
/// <param name="Results">One for each event, in the order of the batch.</param>
public sealed record ActivityBatchReceipt(int Accepted, int Duplicates, int Rejected, IReadOnlyList<ActivityBatchResult> Results);
