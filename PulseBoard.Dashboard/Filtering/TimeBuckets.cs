namespace PulseBoard.Dashboard.Filtering;

/// <summary>
/// A range in buckets without gaps, by the local clock: each begins where a local hour, day, week (on Monday) or month does, the first
/// with the range. An hour ends too where clocks are changed, so that one that the clock shows twice is two buckets.
/// </summary>
internal sealed class TimeBuckets
{
    private readonly TimeRange _range;

    private TimeBuckets(TimeRange range, int[] first, int[] byDay)
    {
        _range = range;
        ByDay = byDay;
        FirstQuarterHours = first;
        Starts = Array.ConvertAll(first, range.Clock.StartOf);
    }

    public int Count => FirstQuarterHours.Length;

    /// <summary>When each bucket begins, with the zone's offset.</summary>
    public IReadOnlyList<DateTimeOffset> Starts { get; }

    /// <summary>Each bucket's first quarter hour. It ends where the next one begins, the last with the range.</summary>
    public int[] FirstQuarterHours { get; }

    /// <summary>Each quarter hour's bucket; the index is the quarter hour less the range's first.</summary>
    public int[] ByQuarterHour => field ??= FillQuarterHours();

    /// <summary>Each local day's bucket; the index is the day's number less that of the range's first day. Empty where the buckets are hours.</summary>
    public int[] ByDay { get; }

    public static TimeBuckets Of(TimeRange range, Interval interval) => interval == Interval.Hour ? OfHours(range) : OfDays(range, interval);

    /// <summary>How many hours a range has.</summary>
    public static int CountHours(TimeRange range)
    {
        var count = 0;
        for (var index = 0; index < range.Clock.Stretches; index++)
        {
            var (first, end, offset) = range.Clock.Stretch(index);
            count += Hour(end - 1 + offset) - Hour(first + offset) + 1;
        }

        return count;
    }

    private static TimeBuckets OfHours(TimeRange range)
    {
        var starts = new List<int>();
        for (var index = 0; index < range.Clock.Stretches; index++)
        {
            var (first, end, offset) = range.Clock.Stretch(index);
            starts.Add(first);
            for (var start = ((Hour(first + offset) + 1) * WeekHours.PerHour) - offset; start < end; start += WeekHours.PerHour)
            {
                starts.Add(start);
            }
        }

        return new(range, [.. starts], []);
    }

    private static TimeBuckets OfDays(TimeRange range, Interval interval)
    {
        var dayStarts = range.DayStarts();
        var byDay = new int[dayStarts.Length - 1];
        var starts = new List<int>();
        int? previous = null;
        for (var index = 0; index < byDay.Length; index++)
        {
            // A day that the zone left out is part of no bucket.
            if (dayStarts[index] < dayStarts[index + 1])
            {
                var number = NumberOf(range.FirstDay.AddDays(index), interval);
                if (number != previous)
                {
                    starts.Add(dayStarts[index]);
                    previous = number;
                }
            }

            byDay[index] = Math.Max(0, starts.Count - 1);
        }

        return new(range, [.. starts], byDay);
    }

    private static int NumberOf(DateOnly day, Interval interval) => interval switch
    {
        // Day 0, 0001-01-01, is a Monday.
        Interval.Week => day.DayNumber / 7,
        Interval.Month => (day.Year * 12) + day.Month,
        _ => day.DayNumber,
    };

    private static int Hour(int localQuarterHour) => localQuarterHour >> 2;

    private int[] FillQuarterHours()
    {
        var buckets = new int[_range.EndQuarterHour - _range.FirstQuarterHour];
        for (var index = 0; index < Count; index++)
        {
            var end = index + 1 < Count ? FirstQuarterHours[index + 1] : _range.EndQuarterHour;
            buckets.AsSpan((FirstQuarterHours[index] - _range.FirstQuarterHour)..(end - _range.FirstQuarterHour)).Fill(index);
        }

        return buckets;
    }
}
