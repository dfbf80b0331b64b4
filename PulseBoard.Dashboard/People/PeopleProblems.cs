using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using PulseBoard.Contracts;
using PulseBoard.ServiceDefaults;

namespace PulseBoard.Dashboard.People;

/// <summary>What requests about people and teams are refused with.</summary>
internal static class PeopleProblems
{
    private const string ErrorsMember = "errors";

    public static ProblemHttpResult PersonNotFound => Problems.Problem(
        StatusCodes.Status404NotFound, "person_not_found", "Nobody of that name has acted or was entered.", Names.User);

    public static ProblemHttpResult TeamNotFound => Problems.Problem(
        StatusCodes.Status404NotFound, "team_not_found", "There is no team of that key. PUT /api/teams/{team} makes it.", Names.Team);

    public static ProblemHttpResult UnknownTeam => Problems.Problem(
        StatusCodes.Status400BadRequest, "unknown_team", "There is no team of that key. Make it first, with PUT /api/teams/{team}.", Names.Team);

    /// <summary>The body is longer than the endpoint takes. The server says so itself, while the body is read.</summary>
    public static ProblemHttpResult TooLarge => Problems.Problem(
        StatusCodes.Status413PayloadTooLarge, "payload_too_large", "The body is longer than this endpoint takes.");

    public static ProblemHttpResult JsonExpected => UnsupportedMediaType("Send JSON, with the header 'Content-Type: application/json'.");

    public static ProblemHttpResult CsvExpected => UnsupportedMediaType("Send CSV in UTF-8, with the header 'Content-Type: text/csv'.");

    public static ProblemHttpResult NotObject => Invalid("not_object", """The body is a JSON object, such as {"display_name":"Alex"}.""");

    /// <summary>What can be wrong with somebody's name in a path.</summary>
    public static ProblemHttpResult[] OfUsers =>
        [Invalid(Names.CheckUser(" ")!), Invalid(Names.CheckUser("\0")!), Invalid(Names.CheckUser(new('a', EventLimits.UserLength + 1))!)];

    /// <summary>What can be wrong with a team's key in a path.</summary>
    public static ProblemHttpResult[] OfTeams =>
    [
        Invalid(Names.TeamMissing),
        Invalid(Names.ReadTeam("a\tb", out _)!),
        Invalid(Names.ReadTeam(new('a', PeopleLimits.TeamLength + 1), out _)!),
    ];

    /// <summary>What can be wrong with the body that says what a person or a team is called.</summary>
    public static ProblemHttpResult[] OfUpdates =>
    [
        Invalid(Names.ReadDisplayName("a\tb", out _)!),
        Invalid("not_text", $"'{Names.DisplayName}' must be a text.", Names.DisplayName),
        Invalid("unknown_field", $"The body takes '{Names.DisplayName}' and '{Names.Team}', and nothing else.", "name"),
        NotObject,
        Invalid("invalid_json", "The body is not valid JSON."),
    ];

    public static ProblemHttpResult Invalid(string code, string detail, string? field = null) =>
        Problems.Problem(StatusCodes.Status400BadRequest, code, detail, field);

    public static ProblemHttpResult Invalid(NameFault fault) => Invalid(fault.Code, fault.Detail, fault.Field);

    private static ProblemHttpResult UnsupportedMediaType(string detail) =>
        Problems.Problem(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", detail);

    /// <summary>A file that has faults: the first speaks, all are listed beside it.</summary>
    public static ProblemHttpResult InvalidCsv(IReadOnlyList<PeopleImportError> errors)
    {
        var first = errors[0];
        var place = first.Column is null
            ? string.Create(CultureInfo.InvariantCulture, $"Line {first.Line}")
            : string.Create(CultureInfo.InvariantCulture, $"Line {first.Line}, column '{first.Column}'");
        var rest = errors.Count == 1 ? string.Empty : $" The first of several: see '{ErrorsMember}'.";
        var problem = Invalid("invalid_csv", $"{place}: {first.Detail}{rest} Nothing was imported.", first.Column);
        problem.ProblemDetails.Extensions[ErrorsMember] = errors;
        return problem;
    }
}
