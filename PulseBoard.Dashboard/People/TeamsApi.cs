using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PulseBoard.Contracts;
using PulseBoard.Dashboard.Answers;
using PulseBoard.Dashboard.Descriptions;
using PulseBoard.ServiceDefaults.Descriptions;

namespace PulseBoard.Dashboard.People;

/// <summary>Teams, and who belongs to them.</summary>
internal static class TeamsApi
{
    private const string Route = "/api/teams";
    private const int BodyBytes = 1024 * 1024;

    private static readonly string[] Columns = [Names.Team, Names.DisplayName, "people"];

    public static void MapTeamsApi(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup(Route).WithTags(PeopleApi.Tag).AnswerStorageOutages();

        var teams = endpoints.ServiceProvider.GetRequiredService<TeamStore>();
        endpoints.MapAnswer(
                Route,
                _ => new Question<IReadOnlyList<Team>>("teams", Key: "", teams.ListAsync) { MayBeBehind = false },
                answer => new(Columns, answer.Select(Row)))
            .WithTags(PeopleApi.Tag)
            .AnswerStorageOutages()
            .WithName("ListTeams")
            .WithSummary("All teams, in the order of their keys, each with how many people belong to it.")
            .WithExample(PeopleExamples.Teams);

        group.MapGet("{team}", GetAsync)
            .WithName("GetTeam")
            .WithSummary("A team and its people.")
            .WithPathParameter(PeopleParameters.TeamKey)
            .WithProblems(PeopleProblems.TeamNotFound)
            .WithExample(PeopleExamples.Team);

        group.MapPut("{team}", PutAsync)
            .WithName("PutTeam")
            .WithSummary("Makes a team, renames it, and says who belongs to it.")
            .WithDescription(
                "Where 'members' is given, exactly these belong to the team afterwards, in all of history, and no longer to another one. Without it the "
                + "team's people stay. A display name that is absent or null is taken back.")
            .Accepts<TeamUpdate>("application/json", "application/*+json")
            .WithMetadata(new RequestSizeLimitAttribute(BodyBytes))
            .WithPathParameter(PeopleParameters.TeamKey)
            .WithProblems([.. PeopleProblems.OfTeams, .. PeopleProblems.OfUpdates, PeopleProblems.TooLarge, PeopleProblems.JsonExpected])
            .WithRequestExample(PeopleExamples.TeamUpdate)
            .WithExample(PeopleExamples.Team);

        group.MapDelete("{team}", DeleteAsync)
            .WithName("DeleteTeam")
            .WithSummary("Dissolves a team.")
            .WithDescription("Its people belong to no team afterwards. Doing so again changes nothing.")
            .WithPathParameter(PeopleParameters.TeamKey)
            .WithProblems(PeopleProblems.OfTeams);
    }

    private static async Task<Results<Ok<Team>, ProblemHttpResult>> GetAsync(
        string team, HttpContext context, TeamStore teams, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-store";
        return ReadKey(context, team, out var key) is null && await teams.FindAsync(key, cancellationToken) is { } found
            ? TypedResults.Ok(found)
            : PeopleProblems.TeamNotFound;
    }

    private static async Task<Results<Ok<Team>, ProblemHttpResult>> PutAsync(
        string team, HttpContext context, TeamStore teams, PeopleNotifier notifier, CancellationToken cancellationToken)
    {
        if (ReadKey(context, team, out var key) is { } fault)
        {
            return PeopleProblems.Invalid(fault);
        }

        var (update, problem) = await UpdateReader.ReadTeamAsync(context.Request, cancellationToken);
        if (update is null)
        {
            return problem!;
        }

        var written = await teams.PutAsync(key, update, cancellationToken);
        await notifier.NotifyAsync();
        return TypedResults.Ok(written);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string team, HttpContext context, TeamStore teams, PeopleNotifier notifier, CancellationToken cancellationToken)
    {
        if (ReadKey(context, team, out var key) is { } fault)
        {
            return PeopleProblems.Invalid(fault);
        }

        await teams.DeleteAsync(key, cancellationToken);
        await notifier.NotifyAsync();
        return TypedResults.NoContent();
    }

    private static NameFault? ReadKey(HttpContext context, string team, out string key)
    {
        var fault = Names.ReadTeam(PathName.Read(context, team), out var read);
        key = read ?? string.Empty;
        return fault ?? (read is null ? Names.TeamMissing : null);
    }

    private static object?[] Row(Team team) => [team.Key, team.DisplayName, team.People];
}
