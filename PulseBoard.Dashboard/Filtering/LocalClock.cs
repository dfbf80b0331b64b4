using PulseBoard.Data.Rollups;

namespace PulseBoard.Dashboard.Filtering;

/// <summary>
/// What the clocks of a time zone show over a stretch of quarter hours: a few changes of the offset, found once, in place of a
/// question to <see cref="TimeZoneInfo"/> for each of what may be hundreds of thousands of quarter hours.
/// Local quarter hours are numbered like the others, from 1970-01-01T00:00 by the local clock.
/// </summary>
internal sealed class LocalClock
{
    // No zone is further from UTC; what a local clock shows is searched for within as much on both sides.
    private const int Furthest = 16 * 3600 / QuarterHour.Seconds;

    private static readonly long QuarterHourTicks = TimeSpan.FromSeconds(QuarterHour.Seconds).Ticks;

    private readonly int[] _starts;
    private readonly int[] _offsets;

    private LocalClock(int first, int end, int[] starts, int[] offsets, int? unaligned)
    {
        First = first;
        End = end;
        _starts = starts;
        _offsets = offsets;
        Unaligned = unaligned;
    }

    public int First { get; }

    /// <summary>The quarter hour after the last.</summary>
    public int End { get; }

    /// <summary>
    /// A quarter hour of these that no local clock shows as one, or null: the zone was not ahead of UTC by whole quarter hours, as
    /// Monrovia until 1972, or its clocks were changed in the middle of one, as in St. John's until 2011, at a minute past midnight.
    /// </summary>
    public int? Unaligned { get; }

    /// <summary>How many times the offset was another: one more than there were changes.</summary>
    public int Stretches => _starts.Length;

    /// <summary>A time during which the offset was the same.</summary>
    /// <returns>Its first quarter hour, the one after its last, and by how many quarter hours the local clock is ahead of UTC.</returns>
    public (int First, int End, int Offset) Stretch(int index) =>
        (_starts[index], index + 1 < _starts.Length ? _starts[index + 1] : End, _offsets[index]);

    /// <summary>By how many quarter hours the local clock is ahead of UTC.</summary>
    public int OffsetAt(int quarterHour)
    {
        var index = Array.BinarySearch(_starts, quarterHour);
        return _offsets[index >= 0 ? index : ~index - 1];
    }

    /// <summary>The local quarter hour.</summary>
    public int LocalAt(int quarterHour) => quarterHour + OffsetAt(quarterHour);

    /// <summary>When a quarter hour begins, with the zone's offset.</summary>
    public DateTimeOffset StartOf(int quarterHour) =>
        QuarterHour.Start(quarterHour).ToOffset(TimeSpan.FromTicks(OffsetAt(quarterHour) * QuarterHourTicks));

    /// <summary>Whether the clock shows the same as another's over the same quarter hours.</summary>
    public bool Shows(LocalClock other) =>
        _starts.AsSpan().SequenceEqual(other._starts) && _offsets.AsSpan().SequenceEqual(other._offsets);

    public static LocalClock Of(TimeZoneInfo zone, int first, int end)
    {
        var starts = new List<int> { first };
        var before = OffsetOf(zone, first);
        var offsets = new List<int> { InQuarterHours(before) };
        int? unaligned = IsAligned(before) ? null : first;

        // A day apart, since no zone has ever been changed there and back within one. The end too: a change within the last
        // quarter hour shows only there.
        for (var from = first; from < end; from += QuarterHour.PerDay)
        {
            var to = Math.Min(from + QuarterHour.PerDay, end);
            var after = OffsetOf(zone, to);
            Compare(from, before, to, after);
            before = after;
        }

        return new(first, end, [.. starts], [.. offsets], unaligned);

        void Compare(int low, TimeSpan atLow, int high, TimeSpan atHigh)
        {
            if (atLow == atHigh)
            {
                return;
            }

            if (high - low > 1)
            {
                var middle = low + ((high - low) / 2);
                var atMiddle = OffsetOf(zone, middle);
                Compare(low, atLow, middle, atMiddle);
                Compare(middle, atMiddle, high, atHigh);
                return;
            }

            if ((high < end && !IsAligned(atHigh)) || zone.GetUtcOffset(QuarterHour.Start(high).AddTicks(-1)) != atLow)
            {
                unaligned ??= low;
            }

            if (high < end)
            {
                starts.Add(high);
                offsets.Add(InQuarterHours(atHigh));
            }
        }
    }

    /// <summary>
    /// The first quarter hour at which the local clock has come to a time: the earlier one where the clock shows the time twice,
    /// the first after it where the clock skips it.
    /// </summary>
    public static int FirstAt(TimeZoneInfo zone, int local)
    {
        var clock = Of(zone, local - Furthest, local + Furthest);
        for (var index = 0; ; index++)
        {
            var (first, end, offset) = clock.Stretch(index);
            var quarterHour = Math.Max(first, local - offset);
            if (quarterHour < end)
            {
                return quarterHour;
            }
        }
    }

    /// <summary>The first quarter hour of a local day.</summary>
    public static int StartOf(TimeZoneInfo zone, DateOnly day) => FirstAt(zone, QuarterHour.Of(day));

    /// <summary>
    /// The local day in which a quarter hour lies. A day lasts until the next one begins, also where clocks go back over midnight:
    /// what they show for a second time belongs to the day that has begun.
    /// </summary>
    public static DateOnly DayOf(TimeZoneInfo zone, int quarterHour)
    {
        var day = QuarterHour.Day(quarterHour + InQuarterHours(OffsetOf(zone, quarterHour)));
        while (StartOf(zone, day.AddDays(1)) <= quarterHour)
        {
            day = day.AddDays(1);
        }

        return day;
    }

    private static TimeSpan OffsetOf(TimeZoneInfo zone, int quarterHour) => zone.GetUtcOffset(QuarterHour.Start(quarterHour));

    private static bool IsAligned(TimeSpan offset) => offset.Ticks % QuarterHourTicks == 0;

    private static int InQuarterHours(TimeSpan offset) => (int)(offset.Ticks / QuarterHourTicks);
}
