using System.Globalization;
using PulseBoard.Dashboard.Answers;
using PulseBoard.Data.Rollups;

namespace PulseBoard.Dashboard.Filtering;

/// <summary>The time that a question is about: whole quarter hours, and the zone by whose clock they are made into days.</summary>
internal sealed class TimeRange
{
    // Both are only kept answers: whoever computes one at the same time computes the same.
    private volatile Tuple<int, TimeRange>? _shifted;
    private volatile Tuple<TimeZoneInfo, bool>? _compared;

    private TimeRange(TimeZoneInfo zone, LocalClock clock)
    {
        Clock = clock;
        Zone = zone;
        FirstDay = LocalClock.DayOf(zone, FirstQuarterHour);
        LastDay = LocalClock.DayOf(zone, EndQuarterHour - 1);
        IsWholeDays = FirstQuarterHour == LocalClock.StartOf(zone, FirstDay) && EndQuarterHour == LocalClock.StartOf(zone, LastDay.AddDays(1));
        LengthInDays = IsWholeDays
            ? LastDay.DayNumber - FirstDay.DayNumber + 1
            : Math.Max(1, (LocalEnd - clock.LocalAt(FirstQuarterHour) + QuarterHour.PerDay - 1) / QuarterHour.PerDay);
        Start = clock.StartOf(FirstQuarterHour);
        End = LocalClock.Of(zone, EndQuarterHour, EndQuarterHour + 1).StartOf(EndQuarterHour);
        Key = string.Create(CultureInfo.InvariantCulture, $"{FirstQuarterHour}-{EndQuarterHour}@{ZoneId}");
    }

    /// <summary>Index since the epoch: unix seconds / 900.</summary>
    public int FirstQuarterHour => Clock.First;

    /// <summary>The quarter hour after the last.</summary>
    public int EndQuarterHour => Clock.End;

    public TimeZoneInfo Zone { get; }

    /// <summary>The zone's name in the IANA database, as it was asked for.</summary>
    public string ZoneId => Zone.Id;

    /// <summary>The local day in which the range begins.</summary>
    public DateOnly FirstDay { get; }

    /// <summary>The local day of the range's last quarter hour.</summary>
    public DateOnly LastDay { get; }

    /// <summary>Whether it begins and ends where local days begin.</summary>
    public bool IsWholeDays { get; }

    /// <summary>How long it is by the local clock, in days, rounded up: a day of 23 or 25 hours is one.</summary>
    public int LengthInDays { get; }

    /// <summary>With the zone's offset.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>The first instant after the range, with the zone's offset.</summary>
    public DateTimeOffset End { get; }

    /// <summary>Names the range: the same for two that are the same, in the same zone.</summary>
    public string Key { get; }

    /// <summary>What the zone's clocks show over the range.</summary>
    public LocalClock Clock { get; }

    // As the range's own last quarter hour has it: a range until midnight ends at 24:00, also where clocks then go back.
    private int LocalEnd => Clock.LocalAt(EndQuarterHour - 1) + 1;

    /// <summary>The quarter hours from one to another.</summary>
    /// <exception cref="ParameterException">The local clock's quarter hours are others there.</exception>
    public static TimeRange Of(TimeZoneInfo zone, int firstQuarterHour, int endQuarterHour)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(endQuarterHour, firstQuarterHour);
        var clock = LocalClock.Of(zone, firstQuarterHour, endQuarterHour);
        if (clock.Unaligned is { } unaligned)
        {
            throw new ParameterException(
                ParameterCodes.Invalid,
                FilterParameters.Zone,
                string.Create(CultureInfo.InvariantCulture, $"The clocks of that time zone did not keep to quarter hours of UTC around {QuarterHour.Start(unaligned):yyyy-MM-dd}: ask for later days, or in another zone such as UTC."));
        }

        return new(zone, clock);
    }

    /// <summary>
    /// The range some days earlier by the local clock. It begins and ends at the same time of day, and is an hour shorter or longer
    /// where clocks were changed in one of the two.
    /// </summary>
    /// <exception cref="ParameterException">There is no such range.</exception>
    public TimeRange ShiftedBackBy(int days)
    {
        if (_shifted is { } shifted && shifted.Item1 == days)
        {
            return shifted.Item2;
        }

        var range = Shift(days);
        _shifted = new(days, range);
        return range;
    }

    /// <summary>
    /// Whether another zone's days are the same in this range, whatever the two are called: its clocks show the same from a day
    /// before it, by which a first day may have begun earlier, until a day after it.
    /// </summary>
    public bool SameRules(TimeZoneInfo other)
    {
        if (ReferenceEquals(other, Zone))
        {
            return true;
        }

        if (_compared is { } compared && ReferenceEquals(compared.Item1, other))
        {
            return compared.Item2;
        }

        var (first, end) = (FirstQuarterHour - QuarterHour.PerDay, EndQuarterHour + QuarterHour.PerDay);
        var same = LocalClock.Of(other, first, end) is { Unaligned: null } clock && clock.Shows(LocalClock.Of(Zone, first, end));
        _compared = new(other, same);
        return same;
    }

    /// <summary>
    /// Where the days from <see cref="FirstDay"/> to <see cref="LastDay"/> begin within the range, and its end. A day that
    /// the zone left out, as Samoa did when it crossed the date line, begins where the next one does.
    /// </summary>
    public int[] DayStarts()
    {
        var firstDay = QuarterHour.Of(FirstDay) / QuarterHour.PerDay;
        var starts = new int[LastDay.DayNumber - FirstDay.DayNumber + 2];
        starts[0] = FirstQuarterHour;
        var known = 0;
        for (var index = 0; index < Clock.Stretches; index++)
        {
            var (first, end, offset) = Clock.Stretch(index);
            while (known + 1 < starts.Length - 1 && ((firstDay + known + 1) * QuarterHour.PerDay) - offset < end)
            {
                known++;
                starts[known] = Math.Max(first, ((firstDay + known) * QuarterHour.PerDay) - offset);
            }
        }

        starts[^1] = EndQuarterHour;
        return starts;
    }

    private TimeRange Shift(int days)
    {
        int first, end;
        if (IsWholeDays)
        {
            first = LocalClock.StartOf(Zone, FirstDay.AddDays(-days));
            end = LocalClock.StartOf(Zone, LastDay.AddDays(1 - days));
            if (first == end)
            {
                throw new ParameterException(ParameterCodes.Invalid, FilterParameters.Comparison, "The day to compare with was left out in that time zone: compare another range.");
            }
        }
        else
        {
            first = LocalClock.FirstAt(Zone, Clock.LocalAt(FirstQuarterHour) - (days * QuarterHour.PerDay));
            end = LocalClock.FirstAt(Zone, LocalEnd - (days * QuarterHour.PerDay));
            if (end <= first)
            {
                // Only within an hour that one of the two has twice or not at all.
                end = first + EndQuarterHour - FirstQuarterHour;
            }
        }

        if (first < 0)
        {
            throw new ParameterException(ParameterCodes.Invalid, FilterParameters.Comparison, "The range to compare with would begin before 1970-01-01: ask for a later range, or with compare=none.");
        }

        return Of(Zone, first, end);
    }
}
