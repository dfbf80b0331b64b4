namespace PulseBoard.Activity.Publishing;

/// <summary>What is in the outbox.</summary>
/// <param name="Pending">Batches that are neither counted nor dead.</param>
/// <param name="OldestAge">How long the oldest of them has been there; zero where there is none.</param>
/// <param name="Dead">Batches that are set aside, and that nobody has given up.</param>
internal sealed record OutboxState(long Pending, TimeSpan OldestAge, long Dead);
