using Microsoft.AspNetCore.Mvc;

namespace PulseBoard.Dashboard.People;

/// <summary>The query of <c>GET /api/people</c>, as it came.</summary>
/// <param name="Search">Part of a name or display name.</param>
/// <param name="Team">Keys of teams; empty for no team.</param>
/// <param name="Limit">A number.</param>
/// <param name="Cursor">The end of the page before.</param>
internal sealed record PeopleParameters(
    [FromQuery(Name = PeopleParameters.SearchName)] string? Search,
    [FromQuery(Name = PeopleParameters.TeamName)] string[]? Team,
    [FromQuery(Name = PeopleParameters.LimitName)] string? Limit,
    [FromQuery(Name = PeopleParameters.CursorName)] string? Cursor)
{
    public const string SearchName = "search";
    public const string TeamName = "team";
    public const string LimitName = "limit";
    public const string CursorName = "cursor";
}
