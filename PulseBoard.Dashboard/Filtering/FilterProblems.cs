using Microsoft.AspNetCore.Http.HttpResults;
using PulseBoard.ServiceDefaults;

namespace PulseBoard.Dashboard.Filtering;

/// <summary>What a query can be refused for, for the API's description: an example of each of <see cref="ParameterCodes"/>.</summary>
internal static class FilterProblems
{
    private static ProblemHttpResult Unknown { get; } =
        Example(ParameterCodes.Unknown, "form", "The endpoint has no parameter 'form': it has compare, from, interval, team, to, type, tz, user.");

    private static ProblemHttpResult Invalid { get; } =
        Example(ParameterCodes.Invalid, FilterParameters.Comparison, "'compare' takes one of: none, previous, year.");

    private static ProblemHttpResult RangeTooLong { get; } = Example(
        ParameterCodes.RangeTooLong, FilterParameters.From, "The range has 4018 days, and may have 3660: with the same end it begins on 2016-11-18 or later.");

    private static ProblemHttpResult TooManyValues { get; } = Example(
        ParameterCodes.TooManyValues, FilterParameters.User, "'user' is given 1001 times: at most 1000 are answered at once. Ask in parts, or leave it out for all.");

    /// <summary>Of questions with the filter.</summary>
    public static ProblemHttpResult[] OfFilters { get; } = [Unknown, Invalid, RangeTooLong, TooManyValues];

    /// <summary>Of lists without a range.</summary>
    public static ProblemHttpResult[] OfLists { get; } = [Unknown, Invalid, TooManyValues];

    private static ProblemHttpResult Example(string code, string field, string detail) =>
        Problems.Problem(StatusCodes.Status400BadRequest, code, detail, field);
}
