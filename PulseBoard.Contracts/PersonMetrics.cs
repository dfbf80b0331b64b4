namespace PulseBoard.Contracts;

/// <summary>Everything about one person: the body of <c>GET /api/metrics/people/{user}</c>.</summary>
/// <param name="User">Who.</param>
/// <param name="DisplayName">How they are called; null where that is not known.</param>
/// <param name="Team">Their team; null where there is none.</param>
/// <param name="TeamName">How the team is called; null where that is its key.</param>
/// <param name="FirstDay">The first day on which they did something, in the reporting zone; null where they never did.</param>
/// <param name="LastDay">The last one.</param>
/// <param name="Rank">Their place by events in the range, among everybody whom the filter lets through; null where they did nothing.</param>
/// <param name="Totals">Their numbers.</param>
/// <param name="TimeSeries">Their activity by type.</param>
/// <param name="Heatmap">When in the week they work.</param>
/// <param name="CycleTimes">The tasks that they complete and create.</param>
public sealed record PersonMetrics(
    string User,
    string? DisplayName,
    string? Team,
    string? TeamName,
    DateOnly? FirstDay,
    DateOnly? LastDay,
    MetricsRank? Rank,
    MetricsTotals Totals,
    MetricsTimeSeries TimeSeries,
    MetricsHeatmap Heatmap,
    CycleTimes CycleTimes);
