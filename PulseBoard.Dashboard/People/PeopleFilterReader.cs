using Microsoft.AspNetCore.Http.HttpResults;
using PulseBoard.Dashboard.Answers;
using PulseBoard.Dashboard.Filtering;

namespace PulseBoard.Dashboard.People;

/// <summary>Reads which people are asked for from the query of an address, or says what is wrong with it.</summary>
internal static class PeopleFilterReader
{
    private static readonly KnownParameters Known = new(PeopleParameters.All.Select(parameter => parameter.Name));

    public static (PeopleFilter? Filter, ProblemHttpResult? Problem) Read(IQueryCollection query)
    {
        try
        {
            Known.Require(query);
            var teams = PeopleParameters.Team.Read(query);
            var filter = new PeopleFilter(
                PeopleParameters.Search.Read(query),
                teams.Count == 0 ? null : [.. teams],
                PeopleParameters.Cursor.Read(query) ?? string.Empty,
                PeopleParameters.Limit.Read(query));
            return (filter, null);
        }
        catch (ParameterException exception)
        {
            return (null, PeopleProblems.Invalid(exception.Code, exception.Message, exception.Field));
        }
    }
}
