namespace PulseBoard.Dashboard.People;

/// <summary>The parameters of <c>GET /api/people</c>.</summary>
internal static class PeopleParameters
{
    public const string Search = "search";
    public const string Team = "team";
    public const string Limit = "limit";
    public const string Cursor = "cursor";

    public static IReadOnlyList<string> All { get; } = [Search, Team, Limit, Cursor];
}
