using System.Collections.Frozen;
using Microsoft.AspNetCore.Http.HttpResults;
using PulseBoard.Contracts;
using PulseBoard.Dashboard.Answers;
using PulseBoard.Dashboard.Filtering;

namespace PulseBoard.Dashboard.People;

/// <summary>Reads which people are asked for from the query of an address, or says what is wrong with it.</summary>
internal static class PeopleFilterReader
{
    private const int DefaultLimit = 50;
    private const int MaximumLimit = 1_000;

    private static readonly FrozenSet<string> Known = PeopleParameters.All.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    private static readonly string Allowed = string.Join(", ", PeopleParameters.All);

    public static (PeopleFilter? Filter, ProblemHttpResult? Problem) Read(IQueryCollection query)
    {
        try
        {
            Parameters.RequireKnown(query, Known, Allowed);
            var teams = Parameters.Texts(query, PeopleParameters.Team, PeopleLimits.TeamLength, emptyMeans: "no team");
            var filter = new PeopleFilter(
                Parameters.Text(query, PeopleParameters.Search, PeopleLimits.DisplayNameLength),
                teams.Count == 0 ? null : [.. teams],
                Parameters.Text(query, PeopleParameters.Cursor, EventLimits.UserLength) ?? string.Empty,
                Parameters.Number(query, PeopleParameters.Limit, 1, MaximumLimit, DefaultLimit));
            return (filter, null);
        }
        catch (ParameterException exception)
        {
            return (null, PeopleProblems.Invalid(exception.Code, exception.Message, exception.Field));
        }
    }
}
