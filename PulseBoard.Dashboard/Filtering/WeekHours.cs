namespace PulseBoard.Dashboard.Filtering;

/// <summary>The 168 hours of a week by the local clock: weekday, Monday being 0, times 24, and the hour.</summary>
internal static class WeekHours
{
    /// <summary>How many there are.</summary>
    public const int Count = 7 * 24;

    /// <summary>Quarter hours in an hour.</summary>
    public const int PerHour = 4;

    // 1970-01-01 is a Thursday.
    private const int FirstHour = 3 * 24;

    /// <summary>Each quarter hour's hour of the week; the index is the quarter hour less the range's first.</summary>
    public static int[] ByQuarterHour(TimeRange range)
    {
        var hours = new int[range.EndQuarterHour - range.FirstQuarterHour];
        for (var index = 0; index < range.Clock.Stretches; index++)
        {
            var (first, end, offset) = range.Clock.Stretch(index);
            for (var quarterHour = first; quarterHour < end; quarterHour++)
            {
                // Shifted by whole weeks, since a range may begin in the last local hours of 1969.
                hours[quarterHour - range.FirstQuarterHour] = (((quarterHour + offset) >> 2) + FirstHour + Count) % Count;
            }
        }

        return hours;
    }
}
