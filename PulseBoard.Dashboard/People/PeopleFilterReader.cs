using PulseBoard.Dashboard.Answers;
using PulseBoard.Dashboard.Filtering;

namespace PulseBoard.Dashboard.People;

/// <summary>Reads which people are asked for from the query of an address.</summary>
internal static class PeopleFilterReader
{
    private static readonly KnownParameters Known = new(PeopleParameters.All.Select(parameter => parameter.Name));

    /// <exception cref="ParameterException">Something is wrong with it.</exception>
    public static PeopleFilter Read(IQueryCollection query)
    {
        Known.Require(query);
        var teams = PeopleParameters.Team.Read(query);
        return new(
            PeopleParameters.Search.Read(query),
            teams.Count == 0 ? null : [.. teams],
            PeopleParameters.Cursor.Read(query) ?? string.Empty,
            PeopleParameters.Limit.Read(query));
    }
}
