using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Primitives;

namespace PulseBoard.Dashboard.People;

/// <summary>Reads which people are asked for from the query of an address, or says what is wrong with it.</summary>
internal static class PeopleFilterReader
{
    private const int DefaultLimit = 50;
    private const int MaximumLimit = 1_000;
    private const int MaximumTeams = 1_000;

    private static readonly string[] Known =
        [PeopleParameters.SearchName, PeopleParameters.TeamName, PeopleParameters.LimitName, PeopleParameters.CursorName];

    /// <param name="parameters">What is known in the query.</param>
    /// <param name="query">All of it.</param>
    public static (PeopleFilter? Filter, ProblemHttpResult? Problem) Read(PeopleParameters parameters, IQueryCollection query)
    {
        foreach (var (name, values) in query)
        {
            if (WhyNot(name, values) is { } problem)
            {
                return (null, problem);
            }
        }

        var limit = DefaultLimit;
        if (parameters.Limit is not null
            && (!int.TryParse(parameters.Limit, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MaximumLimit))
        {
            return (null, Invalid(PeopleParameters.LimitName, $"'{PeopleParameters.LimitName}' must be a number from 1 to {MaximumLimit}."));
        }

        string[]? teams = parameters.Team is { Length: > 0 } given ? [.. given.Select(team => team.Trim())] : null;
        return (new(string.IsNullOrEmpty(parameters.Search) ? null : parameters.Search, teams, parameters.Cursor ?? string.Empty, limit), null);
    }

    private static ProblemHttpResult? WhyNot(string name, StringValues values)
    {
        if (!Known.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            return PeopleProblems.Invalid(
                "unknown_parameter", $"This takes {string.Join(", ", Known.Select(known => $"'{known}'"))}, and no other parameter.", name);
        }

        var many = string.Equals(name, PeopleParameters.TeamName, StringComparison.OrdinalIgnoreCase);
        if (!many && values.Count > 1)
        {
            return Invalid(name, $"'{name}' may stand once.");
        }

        if (values.Count > MaximumTeams)
        {
            return PeopleProblems.Invalid("too_many_values", $"'{name}' may stand {MaximumTeams} times at most.", name);
        }

        return values.Any(value => value?.Contains('\0', StringComparison.Ordinal) == true)
            ? Invalid(name, $"'{name}' has a NUL character, which nothing stored has.")
            : null;
    }

    private static ProblemHttpResult Invalid(string name, string detail) => PeopleProblems.Invalid("invalid_parameter", detail, name);
}
