namespace PulseBoard.Analytics.Rollups;

/// <summary>What one transaction counted.</summary>
/// <param name="Batches">The batches.</param>
/// <param name="Touched">The beginnings of the first and the last quarter hour in which their events lie; null where there are none.</param>
internal sealed record CountedBatches(IReadOnlyList<ClosedBatch> Batches, (DateTimeOffset First, DateTimeOffset Last)? Touched);
