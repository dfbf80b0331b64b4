using Microsoft.AspNetCore.Http.HttpResults;
using PulseBoard.ServiceDefaults;

namespace PulseBoard.Dashboard.People;

/// <summary>What requests about people and teams are refused with.</summary>
internal static class PeopleProblems
{
    public static ProblemHttpResult PersonNotFound => Problems.Problem(
        StatusCodes.Status404NotFound, "person_not_found", "Nobody of that name has acted or was entered.", Names.User);

    public static ProblemHttpResult TeamNotFound => Problems.Problem(
        StatusCodes.Status404NotFound, "team_not_found", "There is no team of that key. PUT /api/teams/{team} makes it.", Names.Team);

    public static ProblemHttpResult UnknownTeam => Problems.Problem(
        StatusCodes.Status400BadRequest, "unknown_team", "There is no team of that key. Make it first, with PUT /api/teams/{team}.", Names.Team);

    public static ProblemHttpResult Invalid(string code, string detail, string? field = null) =>
        Problems.Problem(StatusCodes.Status400BadRequest, code, detail, field);

    public static ProblemHttpResult Invalid(NameFault fault) => Invalid(fault.Code, fault.Detail, fault.Field);

    public static ProblemHttpResult UnsupportedMediaType(string detail) =>
        Problems.Problem(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", detail);
}
