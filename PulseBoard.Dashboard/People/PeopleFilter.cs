using System.Text;
using PulseBoard.Dashboard.Filtering;

namespace PulseBoard.Dashboard.People;

/// <summary>Which people are asked for.</summary>
/// <param name="Search">Part of the name or the display name, in any case; null for everybody.</param>
/// <param name="Teams">Any of these teams, where the empty one stands for those in none; distinct, in ordinal order. Null for everybody.</param>
/// <param name="Cursor">Only those whose name comes after this one; empty from the beginning.</param>
/// <param name="Limit">Most people.</param>
internal sealed record PeopleFilter(string? Search, string[]? Teams, string Cursor, int Limit)
{
    /// <summary>
    /// Names the filter: the same for two that mean the same, and another for two that do not. A search keeps its case, since only
    /// Postgres knows which letters are the same there. It holds people's names.
    /// </summary>
    public string Key =>
        new StringBuilder(64).Append(Limit).AddText('c', Cursor).AddText('s', Search).AddTexts('g', Teams ?? []).ToString();
}
