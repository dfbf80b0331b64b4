using PulseBoard.Dashboard.Filtering;

namespace PulseBoard.Dashboard.Rollups;

/// <summary>Into which bucket of an answer each quarter hour of a range falls, and each day where a day falls into one.</summary>
internal sealed class BucketMap
{
    private readonly Func<int[]> _byQuarterHour;

    private BucketMap(TimeRange? range, int count, Func<int[]> byQuarterHour, int[]? byDay)
    {
        (Range, Count, _byQuarterHour, ByDay) = (range, count, byQuarterHour, byDay);
    }

    /// <summary>The range; null is all time, which is one bucket.</summary>
    public TimeRange? Range { get; }

    /// <summary>How many buckets there are.</summary>
    public int Count { get; }

    /// <summary>The index is the quarter hour less the range's first. Only where there is a range.</summary>
    public int[] ByQuarterHour => field ??= _byQuarterHour();

    /// <summary>The index is the local day's number less that of the range's first. Null where a day may fall into several buckets.</summary>
    public int[]? ByDay { get; }

    /// <summary>All of the range in one bucket.</summary>
    public static BucketMap Whole(TimeRange? range) => range is null
        ? new(null, 1, () => [], null)
        : new(range, 1, () => new int[range.EndQuarterHour - range.FirstQuarterHour], new int[range.LastDay.DayNumber - range.FirstDay.DayNumber + 1]);

    /// <summary>Buckets over time.</summary>
    public static BucketMap Of(TimeRange range, TimeBuckets buckets) =>
        new(range, buckets.Count, () => buckets.ByQuarterHour, buckets.ByDay.Length > 0 ? buckets.ByDay : null);

    /// <summary>The hours of the week.</summary>
    public static BucketMap OfWeekHours(TimeRange range) => new(range, WeekHours.Count, () => WeekHours.ByQuarterHour(range), null);

    /// <summary>Each quarter hour for itself.</summary>
    public static BucketMap OfQuarterHours(TimeRange range)
    {
        var count = range.EndQuarterHour - range.FirstQuarterHour;
        return new(range, count, () => [.. Enumerable.Range(0, count)], null);
    }
}
