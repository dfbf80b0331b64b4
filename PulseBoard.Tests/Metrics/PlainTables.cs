using PulseBoard.Contracts;

namespace PulseBoard.Tests.Metrics;

/// <summary>The rows that an answer has as CSV and NDJSON.</summary>
internal static class PlainTables
{
    private static readonly string[] Weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    public static IReadOnlyList<Dictionary<string, object?>> Of(object answer) => answer switch
    {
        IReadOnlyList<UserSummary> summaries => [.. summaries.Select(summary => Row(
            ("user_id", summary.UserId), ("total_events", summary.TotalEvents), ("total_tasks_created", summary.TotalTasksCreated), ("total_tasks_completed", summary.TotalTasksCompleted)))],
        MetricsTotals totals =>
        [
            Measure("events", totals.Events),
            Measure("tasks_created", totals.TasksCreated),
            Measure("tasks_completed", totals.TasksCompleted),
            Measure("completion_rate", totals.CompletionRate),
            Measure("active_people", totals.ActivePeople),
            Measure("median_cycle_seconds", totals.MedianCycleSeconds),
        ],
        MetricsTimeSeries series => OfSeries(series),
        MetricsHeatmap heatmap => [.. heatmap.Rows.SelectMany((hours, weekday) => hours.Select((events, hour) => Row(("weekday", Weekdays[weekday]), ("hour", hour), ("events", events))))],
        MetricsCalendar calendar => [.. calendar.Days.Select(day => Row(
            ("date", day.Date), ("events", day.Events), ("tasks_created", day.TasksCreated), ("tasks_completed", day.TasksCompleted)))],
        MetricsLeaderboard leaderboard => [.. leaderboard.Entries.Select(entry => Row(
            ("rank", entry.Rank),
            ("key", entry.Key),
            ("name", entry.Name),
            ("team", entry.Team),
            ("value", entry.Value),
            ("share", entry.Share),
            ("previous", entry.Previous),
            ("previous_rank", entry.PreviousRank),
            ("rank_change", entry.RankChange)))],
        CycleTimes times => [.. times.Buckets.Select((bucket, index) => Row(
            ("bucket", bucket),
            ("opened", times.Opened[index]),
            ("completed", times.CompletedPerBucket[index]),
            ("median_seconds", times.MedianPerBucket[index]),
            ("p85_seconds", times.P85PerBucket[index]),
            ("in_progress", times.InProgress[index])))],
        PersonMetrics person => OfSeries(person.TimeSeries),
        IReadOnlyList<RecordedEvent> events => [.. events.Select(happened => Row(
            ("event_id", happened.EventId),
            ("user", happened.User),
            ("type", happened.Type),
            ("timestamp", happened.Timestamp),
            ("received_at", happened.ReceivedAt),
            ("data", happened.Data)))],
        _ => throw new ArgumentException($"What rows a {answer.GetType().Name} has is not known.", nameof(answer)),
    };

    private static IReadOnlyList<Dictionary<string, object?>> OfSeries(MetricsTimeSeries answer)
    {
        var all = answer.Other is not null ? answer.Series.Append(answer.Other) : answer.Series.Count > 0 ? answer.Series : [answer.Total];
        var buckets = Math.Max(answer.Buckets.Count, answer.PreviousBuckets?.Count ?? 0);
        return [.. all.SelectMany(series => Enumerable.Range(0, buckets).Select(bucket => Row(
            ("bucket", At(answer.Buckets, bucket)),
            ("key", series.Key),
            ("name", series.Name),
            ("value", At(series.Values, bucket)),
            ("previous_bucket", At(answer.PreviousBuckets, bucket)),
            ("previous", At(series.Previous, bucket)))))];
    }

    private static object? At<T>(IReadOnlyList<T>? values, int index) => values is not null && index < values.Count ? values[index] : null;

    private static Dictionary<string, object?> Measure(string metric, MetricsMeasure measure) =>
        Row(("metric", metric), ("value", measure.Value), ("previous", measure.Previous), ("change", measure.Change));

    private static Dictionary<string, object?> Row(params ReadOnlySpan<(string Name, object? Value)> cells)
    {
        var row = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in cells)
        {
            row.Add(name, value);
        }

        return row;
    }
}
