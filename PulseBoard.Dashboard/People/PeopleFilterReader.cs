using PulseBoard.Contracts;
using PulseBoard.Dashboard.Answers;
using PulseBoard.Dashboard.Filtering;

namespace PulseBoard.Dashboard.People;

/// <summary>Reads which people are asked for from the query of an address.</summary>
internal static class PeopleFilterReader
{
    private const int DefaultLimit = 50;
    private const int MaximumLimit = 1_000;

    private static readonly KnownParameters Known = new(PeopleParameters.All);

    /// <exception cref="ParameterException">Something is wrong with it.</exception>
    public static PeopleFilter Read(IQueryCollection query)
    {
        Known.Require(query);
        var teams = Parameters.Texts(query, PeopleParameters.Team, PeopleLimits.TeamLength, emptyMeans: "no team");
        return new(
            Parameters.Text(query, PeopleParameters.Search, PeopleLimits.DisplayNameLength),
            teams.Count == 0 ? null : [.. teams],
            Parameters.Text(query, PeopleParameters.Cursor, EventLimits.UserLength) ?? string.Empty,
            Parameters.Number(query, PeopleParameters.Limit, 1, MaximumLimit, DefaultLimit));
    }
}
