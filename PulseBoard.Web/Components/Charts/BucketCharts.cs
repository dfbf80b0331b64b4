using System.Globalization;

namespace PulseBoard.Web.Components.Charts;

/// <summary>Charts whose categories are buckets of time.</summary>
internal static class BucketCharts
{
    public static ChartSpec Of(IReadOnlyList<DateTimeOffset> buckets, string interval, string zone, string unit, IEnumerable<ChartSeries> series) =>
        new([.. buckets.Select(bucket => bucket.ToString("O", CultureInfo.InvariantCulture))], interval, zone, unit, IsHorizontal: false, [.. series]);

    public static IReadOnlyList<double?> Values(IEnumerable<long> values) => [.. values.Select(value => (double?)value)];

    /// <summary>What was before, as long as what is now: the comparison may have a bucket more or less.</summary>
    public static IReadOnlyList<double?> Before(IReadOnlyList<long> values, int buckets) =>
        [.. Enumerable.Range(0, buckets).Select(index => index < values.Count ? values[index] : (double?)null)];
}
