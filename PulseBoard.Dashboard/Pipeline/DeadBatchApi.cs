using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PulseBoard.Contracts;
using PulseBoard.Dashboard.Descriptions;
using PulseBoard.Dashboard.Filtering;
using PulseBoard.ServiceDefaults;
using PulseBoard.ServiceDefaults.Descriptions;

namespace PulseBoard.Dashboard.Pipeline;

/// <summary>Batches that could not be counted, to be replayed once the cause is mended, or discarded.</summary>
internal static class DeadBatchApi
{
    private const int DefaultLimit = 50;
    private const int MaximumLimit = 200;
    private const string Dead = "dead";
    private const string Discarded = "discarded";
    private const string BatchIdParameter = "batch_id";

    private static readonly PathParameter BatchId = new(BatchIdParameter, "The batch's id.", PipelineExamples.DeadBatch.BatchId.ToString());

    private static readonly QueryParameter[] ListParameters =
    [
        new NumberParameter("limit", "How many batches.", Least: 1, MaximumLimit, DefaultLimit),
        new TextParameter("before", "The 'next' of the page before.", Example: null),
        new WordParameter("state", "Whether batches that still wait for somebody, or those that somebody has given up.", [Dead, Discarded], Dead),
    ];

    public static void MapDeadBatchApi(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup($"{PipelineApi.Route}/dead").WithTags(PipelineApi.Tag).AnswerStorageOutages();

        group.MapGet("", ListAsync)
            .WithName("ListDeadBatches")
            .WithSummary("Batches that could not be counted.")
            .WithDescription("Those that were stored last come first.")
            .WithParameters(ListParameters)
            .WithProblems(WrongLimit, WrongBefore, UnknownState)
            .WithExample(PipelineExamples.DeadPage);

        group.MapGet("{batch_id}", GetAsync)
            .WithName("GetDeadBatch")
            .WithSummary("A batch that could not be counted, and its first events.")
            .WithPathParameter(BatchId)
            .WithProblems(NotUuid(), NotDead())
            .WithExample(PipelineExamples.DeadBatch);

        group.MapPost("{batch_id}/replay", ReplayAsync)
            .WithName("ReplayDeadBatch")
            .WithSummary("Has a batch published and counted again.")
            .WithDescription("A discarded one, too. Where the cause is not mended it comes back dead.")
            .WithPathParameter(BatchId)
            .WithProblems(NotUuid(), NotDead())
            .WithExample(PipelineExamples.Replay, StatusCodes.Status202Accepted);

        group.MapPost("replay", ReplayAllAsync)
            .WithName("ReplayDeadBatches")
            .WithSummary("Has all batches that are dead, and not discarded, published and counted again.")
            .WithExample(PipelineExamples.ReplayAll, StatusCodes.Status202Accepted);

        group.MapDelete("{batch_id}", DiscardAsync)
            .WithName("DiscardDeadBatch")
            .WithSummary("Gives a batch up.")
            .WithDescription("Its events stay stored, and are never counted. It is listed as discarded, and can be replayed from there.")
            .WithPathParameter(BatchId)
            .WithProblems(NotUuid(), NotDead());
    }

    private static async Task<Results<Ok<PipelineDeadPage>, ProblemHttpResult>> ListAsync(
        DeadBatches batches, HttpContext context, CancellationToken cancellationToken, string? limit = null, string? before = null, string? state = null)
    {
        var size = DefaultLimit;
        if (limit is not null && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > MaximumLimit))
        {
            return WrongLimit;
        }

        Guid? end = null;
        if (before is not null)
        {
            if (!Guid.TryParse(before, out var id))
            {
                return WrongBefore;
            }

            end = id;
        }

        if (state is not (null or Dead or Discarded))
        {
            return UnknownState;
        }

        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(await batches.ListAsync(state == Discarded, end, size, cancellationToken));
    }

    private static async Task<Results<Ok<PipelineDeadBatch>, ProblemHttpResult>> GetAsync(
        [FromRoute(Name = BatchIdParameter)] string batchId, DeadBatches batches, HttpContext context, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(batchId, out var id))
        {
            return NotUuid();
        }

        context.Response.Headers.CacheControl = "no-store";
        return await batches.FindAsync(id, cancellationToken) is { } batch ? TypedResults.Ok(batch) : NotDead();
    }

    private static async Task<Results<Accepted<PipelineReplay>, ProblemHttpResult>> ReplayAsync(
        [FromRoute(Name = BatchIdParameter)] string batchId, DeadBatches batches, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(batchId, out var id))
        {
            return NotUuid();
        }

        return await batches.TryReplayAsync(id, cancellationToken)
            ? TypedResults.Accepted((string?)null, new PipelineReplay(1))
            : NotDead();
    }

    private static async Task<Accepted<PipelineReplay>> ReplayAllAsync(DeadBatches batches, CancellationToken cancellationToken) =>
        TypedResults.Accepted((string?)null, new PipelineReplay(await batches.ReplayAllAsync(cancellationToken)));

    private static async Task<Results<NoContent, ProblemHttpResult>> DiscardAsync(
        [FromRoute(Name = BatchIdParameter)] string batchId, DeadBatches batches, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(batchId, out var id))
        {
            return NotUuid();
        }

        return await batches.TryDiscardAsync(id, cancellationToken) ? TypedResults.NoContent() : NotDead();
    }

    private static ProblemHttpResult WrongLimit => Invalid("out_of_range", $"'limit' must be a number from 1 to {MaximumLimit}.", "limit");

    private static ProblemHttpResult WrongBefore => Invalid("not_uuid", "'before' must be the 'next' of the page before, a UUID.", "before");

    private static ProblemHttpResult UnknownState => Invalid("unknown_state", $"'state' must be '{Dead}' or '{Discarded}'.", "state");

    private static ProblemHttpResult Invalid(string code, string detail, string field) =>
        Problems.Problem(StatusCodes.Status400BadRequest, code, detail, field);

    private static ProblemHttpResult NotUuid() => Invalid("not_uuid", "A batch's id is a UUID.", BatchIdParameter);

    private static ProblemHttpResult NotDead() => Problems.Problem(
        StatusCodes.Status404NotFound,
        "batch_not_dead",
        "There is no dead batch of this id: it was counted, waits to be counted, was replayed already, or never was.",
        BatchIdParameter);
}
