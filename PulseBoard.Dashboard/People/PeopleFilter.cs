namespace PulseBoard.Dashboard.People;

/// <summary>Which people are asked for.</summary>
/// <param name="Search">Part of the name or the display name, in any case; null for everybody.</param>
/// <param name="Teams">Any of these teams, where the empty one stands for those in none; null for everybody.</param>
/// <param name="Cursor">Only those whose name comes after this one; empty from the beginning.</param>
/// <param name="Limit">Most people.</param>
internal sealed record PeopleFilter(string? Search, string[]? Teams, string Cursor, int Limit);
