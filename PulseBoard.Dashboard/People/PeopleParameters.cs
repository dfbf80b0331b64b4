using PulseBoard.Contracts;
using PulseBoard.Dashboard.Descriptions;
using PulseBoard.Dashboard.Filtering;

namespace PulseBoard.Dashboard.People;

/// <summary>The parameters of what is asked about people and teams.</summary>
internal static class PeopleParameters
{
    public static PathParameter User { get; } = new(Names.User, "Who it is, as events name the person.", "alex@example.com", EventLimits.UserLength);

    public static PathParameter TeamKey { get; } = new(Names.Team, "The team's key, as filters name it.", "platform", PeopleLimits.TeamLength);

    public static TextParameter Search { get; } = new("search", "A part of 'user' or of the display name, in any case.", "alex", PeopleLimits.DisplayNameLength);

    public static ListParameter Team { get; } = new(
        Names.Team, "Only those in one of these teams; an empty one means those in no team.", "platform", PeopleLimits.TeamLength, "no team");

    public static NumberParameter Limit { get; } = new("limit", "How many people a page has at most.", Least: 1, Most: 1_000, Otherwise: 50);

    public static TextParameter Cursor { get; } = new("cursor", "The 'next' of the page before.", "kim@example.com", EventLimits.UserLength);

    /// <summary>Those of <c>GET /api/people</c>.</summary>
    public static IReadOnlyList<QueryParameter> All { get; } = [Search, Team, Limit, Cursor];
}
