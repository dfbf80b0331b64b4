namespace PulseBoard.Dashboard.Metrics;

/// <summary>What the API's description says of each question beyond its summary. Ranges and parameters say the rest themselves.</summary>
internal static class MetricsDescriptions
{
    public const string Summary = "People are in the order of 'total_events', then of 'user_id' by code point. Whoever has nothing is left out.";

    public const string Totals =
        "Each number stands beside that of the comparison and the change, as a fraction. 'completion_rate' is completed events for each created one, "
        + "null where none is created; 'median_cycle_seconds' is of tasks completed in the range.";

    public const string TimeSeries =
        "Buckets are local and without gaps; the last one ends with the range. 'series' are the largest ones, 'other' is all that is in none of them, "
        + "and 'total' is everything. A comparison is aligned by position, and has buckets of its own.";

    public const string Heatmap = "Seven rows, Monday first, of 24 local hours each.";

    public const string Calendar = "Days are local and without gaps.";

    public const string Leaderboard =
        "Who has the same number has the same rank (1, 2, 2, 4). 'rank_change' is positive for who went up. Whoever has nothing is left out.";

    public const string CycleTime =
        "A task is all events of type task_created and task_completed with the same 'data.task_id'; its cycle time is from the first of the former to "
        + "the first of the latter. Times come from histograms, and are wrong by 'relative_error' of themselves at most. A filter of people or teams "
        + "goes by who completed a task where completions are counted, and by who created it where tasks are opened or in progress.";

    public const string Person =
        "The rest of the filter applies; 'user' is refused, since the person stands in the path. The rank is by events among everybody whom the filter lets "
        + "through. CSV and NDJSON have the activity by type. Someone who was entered and never acted is answered with zeros.";
}
