namespace PulseBoard.Analytics.Compaction;

/// <summary>The key of the packed rows of people.</summary>
/// <param name="Month">The first day of the month: in UTC, or in the reporting zone where the table is about days.</param>
/// <param name="User">The person.</param>
internal readonly record struct PersonMonth(DateOnly Month, string User);
