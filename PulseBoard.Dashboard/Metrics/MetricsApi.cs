using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using PulseBoard.Contracts;
using PulseBoard.Dashboard.Caching;

namespace PulseBoard.Dashboard.Metrics;

/// <summary>The read API.</summary>
internal static class MetricsApi
{
    private const string CacheStatusHeader = "X-Cache-Status";

    public static void MapMetricsApi(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/metrics").WithTags("Metrics").AnswerStorageOutages();

        group.MapGet("summary", GetSummaryAsync)
            .WithName("GetSummary")
            .WithSummary("Each person's totals, most events first.")
            .WithDescription("X-Cache-Status says whether the answer came from the cache (HIT), was computed (MISS), or was computed because Redis is away (ERROR). Age is the answer's age in seconds.")
            .Produces<UserSummary[]>();
    }

    private static async Task<FileContentHttpResult> GetSummaryAsync(
        SummaryQuery query, AnswerCache cache, HttpContext context, TimeProvider time, CancellationToken cancellationToken)
    {
        var answer = await cache.GetAsync("summary", query.ReadAsync, cancellationToken);
        var age = Math.Max(0, (long)(time.GetUtcNow() - answer.ComputedAt).TotalSeconds);
        context.Response.Headers[CacheStatusHeader] = answer.Status;
        context.Response.Headers.Age = age.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Bytes(answer.Json, "application/json; charset=utf-8");
    }
}
