using PulseBoard.Contracts;
using PulseBoard.Dashboard.Answers;

namespace PulseBoard.Dashboard.Metrics;

/// <summary>The read API.</summary>
internal static class MetricsApi
{
    private static readonly string[] SummaryColumns = ["user_id", "total_events", "total_tasks_created", "total_tasks_completed"];

    public static void MapMetricsApi(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/metrics").WithTags("Metrics").AnswerStorageOutages();
        var query = endpoints.ServiceProvider.GetRequiredService<SummaryQuery>();

        group.MapAnswer("summary", _ => new Question<IReadOnlyList<UserSummary>>("summary", "", query.ReadAsync), Tabulate)
            .WithName("GetSummary")
            .WithSummary("Each person's totals, most events first.")
            .WithDescription(
                "X-Cache-Status says whether the answer came from the cache (HIT), was computed (MISS), was computed because Redis is away (ERROR), "
                + "or is a moment behind (STALE). Age is the answer's age in seconds.");
    }

    private static Table Tabulate(IReadOnlyList<UserSummary> summaries) => new(
        SummaryColumns,
        summaries.Select(summary => new object?[] { summary.UserId, summary.TotalEvents, summary.TotalTasksCreated, summary.TotalTasksCompleted }));
}
