namespace PulseBoard.Dashboard.Answers;

/// <summary>The main table of an answer, as CSV and NDJSON have it.</summary>
/// <param name="Columns">Their names as on the wire, in snake_case.</param>
/// <param name="Rows">
/// One value for each column. Text, numbers, truth values, dates, times and UUIDs are written as such; null is an empty cell, or
/// JSON's null. They are read once.
/// </param>
internal sealed record Table(IReadOnlyList<string> Columns, IEnumerable<object?[]> Rows);
