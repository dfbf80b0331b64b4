using PulseBoard.Dashboard.Filtering;

namespace PulseBoard.Dashboard.Metrics;

/// <summary>The parameters that questions have beside the filter.</summary>
internal static class MetricsParameters
{
    private const int DefaultLimit = 10;
    private const int MostSeries = 100;
    private const int MostRanks = 1_000;

    private const string By = "by";
    private const string Metric = "metric";
    private const string Limit = "limit";

    public static WordParameter SeriesBy { get; } = new(
        By,
        "What there is a series of. 'none' is the total alone; of 'active_people' there are no series by type or user.",
        [MetricNames.ByNone, MetricNames.ByType, MetricNames.ByTeam, MetricNames.ByUser],
        MetricNames.ByNone);

    public static WordParameter SeriesMetric { get; } = new(
        Metric,
        "What is counted.",
        [MetricNames.Events, MetricNames.TasksCreated, MetricNames.TasksCompleted, MetricNames.ActivePeople],
        MetricNames.Events);

    public static NumberParameter SeriesLimit { get; } = new(
        Limit, "How many series, the largest first; the rest together is 'other'.", 1, MostSeries, DefaultLimit);

    public static WordParameter RankBy { get; } = new(By, "Who is ranked.", [MetricNames.ByUser, MetricNames.ByTeam], MetricNames.ByUser);

    public static WordParameter RankMetric { get; } = new(
        Metric,
        "The number that is ranked by; 'active_days' are local days with at least one event.",
        [MetricNames.Events, MetricNames.TasksCreated, MetricNames.TasksCompleted, MetricNames.ActiveDays],
        MetricNames.Events);

    public static NumberParameter RankLimit { get; } = new(Limit, "How many entries.", 1, MostRanks, DefaultLimit);

    public static NumberParameter CycleTimeLimit { get; } = new(Limit, "How many people; teams are all there.", 1, MostRanks, DefaultLimit);
}
