namespace PulseBoard.Analytics.Rollups;

/// <summary>A batch that was counted just now.</summary>
/// <param name="BatchId">The batch.</param>
/// <param name="EventCount">How many events it has.</param>
/// <param name="Age">How long ago its events were committed when the rollup was.</param>
internal readonly record struct ClosedBatch(Guid BatchId, int EventCount, TimeSpan Age);
