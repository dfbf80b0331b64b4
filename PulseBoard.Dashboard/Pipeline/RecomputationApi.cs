using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PulseBoard.Contracts;
using PulseBoard.Dashboard.Descriptions;
using PulseBoard.Dashboard.People;
using PulseBoard.ServiceDefaults;
using PulseBoard.ServiceDefaults.Descriptions;

namespace PulseBoard.Dashboard.Pipeline;

/// <summary>Asks for rollups to be rebuilt from events, and tells how far that has come.</summary>
internal static class RecomputationApi
{
    private const string Route = $"{PipelineApi.Route}/recomputations";
    private const int BodyBytes = 4 * 1024;

    private static ProblemHttpResult NotFound => Problems.Problem(
        StatusCodes.Status404NotFound, "recomputation_not_found", "There is no recomputation with that id.");

    public static void AddRecomputations(this IHostApplicationBuilder builder) => builder.Services.AddSingleton<RecomputationRequests>();

    public static void MapRecomputationApi(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup(Route).WithTags(PipelineApi.Tag).AnswerStorageOutages();

        group.MapPost("", PostAsync)
            .WithName("PostRecomputation")
            .WithSummary("Has the rollups of a range of days rebuilt from their events.")
            .WithDescription("Counting goes on meanwhile, and no reader sees a total that is on its way. The days are in UTC; 'to' belongs to the range.")
            .Accepts<RecomputationRequest>("application/json", "application/*+json")
            .WithMetadata(new RequestSizeLimitAttribute(BodyBytes))
            .WithProblems([.. RecomputationReader.Refusals, PeopleProblems.TooLarge])
            .WithRequestExample(PipelineExamples.RecomputationRequest)
            .WithExample(PipelineExamples.Requested, StatusCodes.Status202Accepted);

        group.MapGet("", ListAsync)
            .WithName("ListRecomputations")
            .WithSummary("The last 50 requests, the newest first.")
            .WithExample(PipelineExamples.Recomputations);

        group.MapGet("{id:guid}", GetAsync)
            .WithName("GetRecomputation")
            .WithSummary("A request, and how far it has come.")
            .WithPathParameter(new("id", "The request's id.", PipelineExamples.Requested.Id.ToString()))
            .WithProblems(NotFound)
            .WithExample(PipelineExamples.Done);
    }

    private static async Task<Results<Accepted<Recomputation>, ProblemHttpResult>> PostAsync(
        HttpContext context, RecomputationRequests requests, CancellationToken cancellationToken)
    {
        var (request, problem) = await RecomputationReader.ReadAsync(context.Request, cancellationToken);
        if (request is null)
        {
            return problem!;
        }

        var recomputation = await requests.AddAsync(request, cancellationToken);
        return TypedResults.Accepted(string.Create(CultureInfo.InvariantCulture, $"{Route}/{recomputation.Id}"), recomputation);
    }

    private static async Task<Ok<List<Recomputation>>> ListAsync(
        HttpContext context, RecomputationRequests requests, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(await requests.ListAsync(cancellationToken));
    }

    private static async Task<Results<Ok<Recomputation>, ProblemHttpResult>> GetAsync(
        Guid id, HttpContext context, RecomputationRequests requests, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-store";
        return await requests.FindAsync(id, cancellationToken) is { } recomputation
            ? TypedResults.Ok(recomputation)
            : NotFound;
    }
}
