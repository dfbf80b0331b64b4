namespace PulseBoard.Analytics.Reconciliation;

/// <summary>A day whose rollups were compared with its events.</summary>
/// <param name="Day">The day, in UTC.</param>
/// <param name="Events">Its events in closed batches.</param>
/// <param name="Drift">By how many events its rollups differ from them, whichever way; 0 when all is well.</param>
internal readonly record struct CheckedDay(DateOnly Day, long Events, long Drift);
