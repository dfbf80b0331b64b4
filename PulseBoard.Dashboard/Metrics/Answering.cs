using PulseBoard.Contracts;
using PulseBoard.Dashboard.Filtering;

namespace PulseBoard.Dashboard.Metrics;

/// <summary>What answers have in common.</summary>
internal static class Answering
{
    /// <summary>A range as answers tell it.</summary>
    public static MetricsRange Tell(TimeRange range) => new(range.FirstDay, range.LastDay, range.Start, range.End, range.ZoneId);

    /// <summary>The same; null where there is none.</summary>
    public static MetricsRange? TellOptional(TimeRange? range) => range is null ? null : Tell(range);

    /// <summary>An interval as requests and answers name it.</summary>
    public static string Name(Interval interval) => interval switch
    {
        Interval.Hour => "hour",
        Interval.Day => "day",
        Interval.Week => "week",
        _ => "month",
    };

    /// <summary>The range of a filter whose endpoint always has one.</summary>
    public static TimeRange RangeOf(MetricsFilter filter) =>
        filter.Range ?? throw new ArgumentException("This question is about a range.", nameof(filter));
}
