namespace PulseBoard.Contracts;

/// <summary>
/// How long tasks take and how many are under way: the body of <c>GET /api/metrics/cycle-time</c>. A task is all events of type
/// <c>task_created</c> and <c>task_completed</c> with the same <c>data.task_id</c>; its cycle time is from the first of the former to
/// the first of the latter. A quantile q of n tasks is the time of the ceil(q n)-th shortest, read off a histogram: see
/// <paramref name="RelativeError"/>.
/// </summary>
/// <param name="Range">The time that it is about.</param>
/// <param name="Comparison">The time that it is compared with, or null.</param>
/// <param name="Interval">How long a bucket is: <c>hour</c>, <c>day</c>, <c>week</c> or <c>month</c>.</param>
/// <param name="RelativeError">By how much of itself a time may be wrong; half a second where that is more.</param>
/// <param name="Completed">Tasks completed in the range.</param>
/// <param name="Measured">Those of them that were created before: the others have no cycle time.</param>
/// <param name="MedianSeconds">Their median cycle time.</param>
/// <param name="P85Seconds">The time within which 85 % of them were completed.</param>
/// <param name="Distribution">Them by cycle time.</param>
/// <param name="Buckets">When each bucket begins, with the zone's offset.</param>
/// <param name="Opened">Tasks created in each bucket, those left out whose completion came before.</param>
/// <param name="CompletedPerBucket">Throughput: tasks completed in each bucket.</param>
/// <param name="MedianPerBucket">Their median cycle time, in seconds; null where none is measured.</param>
/// <param name="P85PerBucket">Their 85th percentile, in seconds; null where none is measured.</param>
/// <param name="InProgress">Tasks that were created and not completed at the end of each bucket.</param>
/// <param name="Teams">By the team of who completed it, the most tasks first.</param>
/// <param name="People">By who completed it, the most tasks first.</param>
public sealed record CycleTimes(
    MetricsRange Range,
    MetricsRange? Comparison,
    string Interval,
    double RelativeError,
    MetricsMeasure Completed,
    MetricsMeasure Measured,
    MetricsMeasure MedianSeconds,
    MetricsMeasure P85Seconds,
    IReadOnlyList<CycleTimeBin> Distribution,
    IReadOnlyList<DateTimeOffset> Buckets,
    IReadOnlyList<long> Opened,
    IReadOnlyList<long> CompletedPerBucket,
    IReadOnlyList<double?> MedianPerBucket,
    IReadOnlyList<double?> P85PerBucket,
    IReadOnlyList<long> InProgress,
    IReadOnlyList<CycleTimeOf> Teams,
    IReadOnlyList<CycleTimeOf> People);

/// <summary>Tasks whose cycle time lies between two bounds.</summary>
/// <param name="FromSeconds">The lower bound, in seconds; it belongs to it.</param>
/// <param name="ToSeconds">The upper bound, in seconds; null where there is none.</param>
/// <param name="Tasks">How many.</param>
public sealed record CycleTimeBin(double FromSeconds, double? ToSeconds, long Tasks);

/// <summary>Tasks that a person or team completed.</summary>
/// <param name="Key">The person or team; empty is no team.</param>
/// <param name="Name">How it is called; null where that is the key.</param>
/// <param name="Completed">How many.</param>
/// <param name="Measured">Those of them that were created before.</param>
/// <param name="MedianSeconds">Their median cycle time, in seconds; null where none is measured.</param>
/// <param name="P85Seconds">Their 85th percentile, in seconds; null where none is measured.</param>
public sealed record CycleTimeOf(string Key, string? Name, long Completed, long Measured, double? MedianSeconds, double? P85Seconds);
