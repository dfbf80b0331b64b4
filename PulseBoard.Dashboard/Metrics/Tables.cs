using PulseBoard.Contracts;
using PulseBoard.Dashboard.Answers;

namespace PulseBoard.Dashboard.Metrics;

/// <summary>The main table of each answer, for spreadsheets and programs that read rows.</summary>
internal static class Tables
{
    private static readonly string[] Weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    private static readonly string[] SummaryColumns = ["user_id", "total_events", "total_tasks_created", "total_tasks_completed"];

    private static readonly string[] MeasureColumns = ["metric", "value", "previous", "change"];

    private static readonly string[] SeriesColumns = ["bucket", "key", "name", "value", "previous_bucket", "previous"];

    private static readonly string[] HeatmapColumns = ["weekday", "hour", "events"];

    private static readonly string[] CalendarColumns = ["date", "events", "tasks_created", "tasks_completed"];

    private static readonly string[] LeaderboardColumns =
        ["rank", "key", "name", "team", "value", "share", "previous", "previous_rank", "rank_change"];

    private static readonly string[] CycleTimeColumns =
        ["bucket", "opened", "completed", "median_seconds", "p85_seconds", "in_progress"];

    public static Table Of(IReadOnlyList<UserSummary> summaries) => new(
        SummaryColumns,
        summaries.Select(summary => new object?[] { summary.UserId, summary.TotalEvents, summary.TotalTasksCreated, summary.TotalTasksCompleted }));

    public static Table Of(MetricsTotals totals) => new(
        MeasureColumns,
        [
            Row("events", totals.Events),
            Row("tasks_created", totals.TasksCreated),
            Row("tasks_completed", totals.TasksCompleted),
            Row("completion_rate", totals.CompletionRate),
            Row("active_people", totals.ActivePeople),
            Row("median_cycle_seconds", totals.MedianCycleSeconds),
        ]);

    /// <summary>A row for each bucket of each series; where there are none, of the total.</summary>
    public static Table Of(MetricsTimeSeries answer)
    {
        var all = answer.Series.Count == 0 && answer.Other is null ? [answer.Total] : answer.Other is null ? answer.Series : [.. answer.Series, answer.Other];
        return new(SeriesColumns, all.SelectMany(Rows));

        // A comparison has as many days, but it may have a week or a month more or less.
        IEnumerable<object?[]> Rows(MetricsSeries series) =>
            Enumerable.Range(0, Math.Max(answer.Buckets.Count, answer.PreviousBuckets?.Count ?? 0)).Select(bucket => new object?[]
            {
                At(answer.Buckets, bucket), series.Key, series.Name, At(series.Values, bucket), At(answer.PreviousBuckets, bucket), At(series.Previous, bucket),
            });
    }

    public static Table Of(MetricsHeatmap heatmap) => new(
        HeatmapColumns,
        heatmap.Rows.SelectMany((hours, weekday) => hours.Select((events, hour) => new object?[] { Weekdays[weekday], hour, events })));

    public static Table Of(MetricsCalendar calendar) => new(
        CalendarColumns,
        calendar.Days.Select(day => new object?[] { day.Date, day.Events, day.TasksCreated, day.TasksCompleted }));

    public static Table Of(MetricsLeaderboard leaderboard) => new(
        LeaderboardColumns,
        leaderboard.Entries.Select(entry => new object?[]
        {
            entry.Rank, entry.Key, entry.Name, entry.Team, entry.Value, entry.Share, entry.Previous, entry.PreviousRank, entry.RankChange,
        }));

    public static Table Of(CycleTimes times) => new(
        CycleTimeColumns,
        times.Buckets.Select((start, bucket) => new object?[]
        {
            start, times.Opened[bucket], times.CompletedPerBucket[bucket], times.MedianPerBucket[bucket], times.P85PerBucket[bucket], times.InProgress[bucket],
        }));

    private static object?[] Row(string metric, MetricsMeasure measure) => [metric, measure.Value, measure.Previous, measure.Change];

    private static object? At<T>(IReadOnlyList<T>? values, int index) => values is not null && index < values.Count ? values[index] : null;
}
