namespace PulseBoard.Analytics.Recomputation;

/// <summary>A day whose rollups are what its events give, as of its transaction.</summary>
/// <param name="Day">The day, in UTC.</param>
/// <param name="RowsChanged">How many rollups were not.</param>
/// <param name="Finished">Whether it was the last day of its request.</param>
internal readonly record struct MendedDay(DateOnly Day, int RowsChanged, bool Finished);
