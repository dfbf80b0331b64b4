using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PulseBoard.Contracts;
using PulseBoard.ServiceDefaults;

namespace PulseBoard.Dashboard.Pipeline;

/// <summary>Batches that could not be counted, to be replayed once the cause is mended, or discarded.</summary>
internal static class DeadBatchApi
{
    private const int DefaultLimit = 50;
    private const int MaximumLimit = 200;
    private const string Dead = "dead";
    private const string Discarded = "discarded";
    private const string BatchIdParameter = "batch_id";

    public static void MapDeadBatchApi(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup($"{PipelineApi.Route}/dead").WithTags(PipelineApi.Tag).AnswerStorageOutages();

        group.MapGet("", ListAsync)
            .WithName("ListDeadBatches")
            .WithSummary("Batches that could not be counted.")
            .WithDescription(
                "Those that were stored last come first. 'limit' is 1 to 200, 50 by default; 'before' is the 'next' of the page before; 'state' is "
                + "'dead', the default, or 'discarded'.")
            .ProducesProblem(StatusCodes.Status400BadRequest);

        group.MapGet("{batch_id}", GetAsync)
            .WithName("GetDeadBatch")
            .WithSummary("A batch that could not be counted, and its first events.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);

        group.MapPost("{batch_id}/replay", ReplayAsync)
            .WithName("ReplayDeadBatch")
            .WithSummary("Has a batch published and counted again.")
            .WithDescription("A discarded one, too. Where the cause is not mended it comes back dead.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);

        group.MapPost("replay", ReplayAllAsync)
            .WithName("ReplayDeadBatches")
            .WithSummary("Has all batches that are dead, and not discarded, published and counted again.");

        group.MapDelete("{batch_id}", DiscardAsync)
            .WithName("DiscardDeadBatch")
            .WithSummary("Gives a batch up.")
            .WithDescription("Its events stay stored, and are never counted. It is listed as discarded, and can be replayed from there.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<PipelineDeadPage>, ProblemHttpResult>> ListAsync(
        DeadBatches batches, HttpContext context, CancellationToken cancellationToken, string? limit = null, string? before = null, string? state = null)
    {
        var size = DefaultLimit;
        if (limit is not null && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > MaximumLimit))
        {
            return Invalid("out_of_range", $"'limit' must be a number from 1 to {MaximumLimit}.", "limit");
        }

        Guid? end = null;
        if (before is not null)
        {
            if (!Guid.TryParse(before, out var id))
            {
                return Invalid("not_uuid", "'before' must be the 'next' of the page before, a UUID.", "before");
            }

            end = id;
        }

        if (state is not (null or Dead or Discarded))
        {
            return Invalid("unknown_state", $"'state' must be '{Dead}' or '{Discarded}'.", "state");
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

    private static ProblemHttpResult Invalid(string code, string detail, string field) =>
        Problems.Problem(StatusCodes.Status400BadRequest, code, detail, field);

    private static ProblemHttpResult NotUuid() => Invalid("not_uuid", "A batch's id is a UUID.", BatchIdParameter);

    private static ProblemHttpResult NotDead() => Problems.Problem(
        StatusCodes.Status404NotFound,
        "batch_not_dead",
        "There is no dead batch of this id: it was counted, waits to be counted, was replayed already, or never was.",
        BatchIdParameter);
}
