namespace PulseBoard.Contracts;

/// <summary>Activity over time: the body of <c>GET /api/metrics/timeseries</c>.</summary>
/// <param name="Range">The time that it is about.</param>
/// <param name="Comparison">The time that it is compared with, or null.</param>
/// <param name="Interval">How long a bucket is: <c>hour</c>, <c>day</c>, <c>week</c> or <c>month</c>.</param>
/// <param name="By">What the series are of: <c>none</c>, <c>type</c>, <c>team</c> or <c>user</c>.</param>
/// <param name="Metric">What is counted: <c>events</c>, <c>tasks_created</c>, <c>tasks_completed</c> or <c>active_people</c>.</param>
/// <param name="Buckets">When each bucket begins, with the zone's offset, without gaps; the last one ends with the range.</param>
/// <param name="PreviousBuckets">The same of the comparison; null without one.</param>
/// <param name="Series">The largest series first; empty where <paramref name="By"/> is <c>none</c>.</param>
/// <param name="Other">What is in none of the series; null where they are all there is.</param>
/// <param name="Total">Everything.</param>
public sealed record MetricsTimeSeries(
    MetricsRange Range,
    MetricsRange? Comparison,
    string Interval,
    string By,
    string Metric,
    IReadOnlyList<DateTimeOffset> Buckets,
    IReadOnlyList<DateTimeOffset>? PreviousBuckets,
    IReadOnlyList<MetricsSeries> Series,
    MetricsSeries? Other,
    MetricsSeries Total);

/// <summary>A number for each bucket.</summary>
/// <param name="Key">The type, team or person; empty is no team. Null where the series is not of one.</param>
/// <param name="Name">How the team or person is called; null where that is the key.</param>
/// <param name="Total">The sum over the range; of active people, how many there were in all of it.</param>
/// <param name="Values">One for each bucket.</param>
/// <param name="PreviousTotal">The total of the comparison; null without one.</param>
/// <param name="Previous">One for each bucket of the comparison; null without one.</param>
public sealed record MetricsSeries(
    string? Key, string? Name, long Total, IReadOnlyList<long> Values, long? PreviousTotal, IReadOnlyList<long>? Previous);
