using Microsoft.AspNetCore.Http.HttpResults;
using PulseBoard.Contracts;
using PulseBoard.ServiceDefaults.Descriptions;

namespace PulseBoard.Dashboard.Pipeline;

/// <summary>What is told about the pipeline.</summary>
internal static class PipelineApi
{
    public const string Route = "/api/pipeline";

    public const string Tag = "Pipeline";

    public static void MapPipelineApi(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup(Route).WithTags(Tag).AnswerStorageOutages();

        group.MapGet("", GetAsync)
            .WithName("GetPipeline")
            .WithSummary("What became of every event.")
            .WithDescription(
                "What is stored, counted, pending, dead and discarded is exact. Duplicates, rejections and all that is counted about batches comes "
                + "from the services once a second: one that is killed loses the counts of its last second, and no event.")
            .WithExample(PipelineExamples.Status);
    }

    private static async Task<Ok<PipelineStatus>> GetAsync(PipelineQuery query, HttpContext context, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(await query.ReadAsync(cancellationToken));
    }
}
