using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PulseBoard.Contracts;
using PulseBoard.Dashboard.Answers;
using PulseBoard.Dashboard.Descriptions;
using PulseBoard.Dashboard.Filtering;
using PulseBoard.ServiceDefaults.Descriptions;

namespace PulseBoard.Dashboard.People;

/// <summary>Who there is, what people are called and where they belong.</summary>
internal static class PeopleApi
{
    public const string Tag = "People";

    private const string Route = "/api/people";

    // Each character of both names escaped as \uXXXX twice, and room to spare.
    private const int BodyBytes = 8 * 1024;

    public static void MapPeopleApi(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup(Route).WithTags(Tag).AnswerStorageOutages();

        var services = endpoints.ServiceProvider;
        var (people, rows) = (services.GetRequiredService<PeopleQuery>(), services.GetRequiredService<RowStream>());
        endpoints.MapAnswer(
                Route,
                context =>
                {
                    var filter = PeopleFilterReader.Read(context.Request.Query);
                    return new Question<PeoplePage>("people", filter.Key, token => people.ListAsync(filter, token)) { MayBeBehind = false };
                },
                page => new(PeopleFile.Columns, page.People.Select(person => Row(new(person.User, person.DisplayName, person.Team)))),
                (context, format) => ExportAsync(context, format, people, rows))
            .WithTags(Tag)
            .AnswerStorageOutages()
            .WithName("ListPeople")
            .WithSummary("Everybody who ever acted or was entered.")
            .WithDescription(
                "In the order of 'user', by code point. Several of one parameter mean any of them, different parameters all of them. CSV and NDJSON have "
                + "all pages in the columns of an import, which takes the file as it is: importing it again changes nothing.")
            .WithParameters(PeopleParameters.All)
            .WithProblems(FilterProblems.OfLists)
            .WithExample(PeopleExamples.Page);

        group.MapGet("{user}", GetAsync)
            .WithName("GetPerson")
            .WithSummary("One person.")
            .WithPathParameter(PeopleParameters.User)
            .WithProblems(PeopleProblems.PersonNotFound)
            .WithExample(PeopleExamples.Person);

        group.MapPut("{user}", PutAsync)
            .WithName("PutPerson")
            .WithSummary("Says what a person is called, and which team the person belongs to.")
            .WithDescription("It applies to all of history at once. What is absent or null is taken back. Somebody who never acted can be entered, too.")
            .Accepts<PersonUpdate>("application/json", "application/*+json")
            .WithMetadata(new RequestSizeLimitAttribute(BodyBytes))
            .WithPathParameter(PeopleParameters.User)
            .WithProblems(
                [.. PeopleProblems.OfUsers, .. PeopleProblems.OfUpdates, PeopleProblems.UnknownTeam, PeopleProblems.TooLarge, PeopleProblems.JsonExpected])
            .WithRequestExample(PeopleExamples.PersonUpdate)
            .WithExample(PeopleExamples.Person);

        group.MapDelete("{user}", DeleteAsync)
            .WithName("DeletePerson")
            .WithSummary("Forgets a person's display name and team.")
            .WithDescription("The person's events stay, and count as those of somebody in no team. Doing so again changes nothing.")
            .WithPathParameter(PeopleParameters.User)
            .WithProblems(PeopleProblems.OfUsers);

        group.MapPost("import", ImportAsync)
            .WithName("ImportPeople")
            .WithSummary("Says what many people are called and which teams they belong to.")
            .WithDescription(
                "Takes CSV in UTF-8 with the columns user, display_name and team in any order, separated by commas or semicolons. All of it is taken "
                + "or nothing: 'errors' tells what is wrong, by line and column. Teams that are new are made. Who does not stand in the file stays as "
                + "is. GET /api/people.csv gives such a file.")
            .TakesFile(PeopleExamples.Csv)
            .WithMetadata(new RequestSizeLimitAttribute(PeopleImportBody.MaximumBytes))
            .WithProblems(PeopleExamples.InvalidCsv, PeopleProblems.TooLarge, PeopleProblems.CsvExpected)
            .WithExample(PeopleExamples.Import);
    }

    private static async Task ExportAsync(HttpContext context, AnswerFormat format, PeopleQuery people, RowStream rows)
    {
        var entries = await people.ListEntriesAsync(PeopleFilterReader.Read(context.Request.Query), context.RequestAborted);
        await rows.WriteAsync(context, format, "people", PeopleFile.Columns, entries.Select(Row).ToAsyncEnumerable());
    }

    private static async Task<Results<Ok<Person>, ProblemHttpResult>> GetAsync(
        string user, HttpContext context, PeopleQuery people, CancellationToken cancellationToken)
    {
        user = PathName.Read(context, user);
        context.Response.Headers.CacheControl = "no-store";
        return Names.CheckUser(user) is null && await people.FindAsync(user, cancellationToken) is { } person
            ? TypedResults.Ok(person)
            : PeopleProblems.PersonNotFound;
    }

    private static async Task<Results<Ok<Person>, ProblemHttpResult>> PutAsync(
        string user, HttpContext context, PeopleStore store, PeopleNotifier notifier, CancellationToken cancellationToken)
    {
        user = PathName.Read(context, user);
        if (Names.CheckUser(user) is { } fault)
        {
            return PeopleProblems.Invalid(fault);
        }

        var (update, problem) = await UpdateReader.ReadPersonAsync(context.Request, cancellationToken);
        if (update is null)
        {
            return problem!;
        }

        if (await store.TryPutAsync(user, update, cancellationToken) is not { } person)
        {
            return PeopleProblems.UnknownTeam;
        }

        await notifier.NotifyAsync();
        return TypedResults.Ok(person);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string user, HttpContext context, PeopleStore store, PeopleNotifier notifier, CancellationToken cancellationToken)
    {
        user = PathName.Read(context, user);
        if (Names.CheckUser(user) is { } fault)
        {
            return PeopleProblems.Invalid(fault);
        }

        await store.DeleteAsync(user, cancellationToken);
        await notifier.NotifyAsync();
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<PeopleImport>, ProblemHttpResult>> ImportAsync(
        HttpContext context, PeopleStore store, PeopleNotifier notifier, CancellationToken cancellationToken)
    {
        var (file, problem) = await PeopleImportBody.ReadAsync(context.Request, cancellationToken);
        if (file is null)
        {
            return problem!;
        }

        var import = await store.ImportAsync(file.People, cancellationToken);
        await notifier.NotifyAsync();
        return TypedResults.Ok(import);
    }

    private static object?[] Row(PersonEntry entry) => [entry.User, entry.DisplayName, entry.Team];
}
