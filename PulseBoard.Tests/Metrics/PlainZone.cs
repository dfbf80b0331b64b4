namespace PulseBoard.Tests.Metrics;

/// <summary>A time zone as a clock on the wall, read instant by instant.</summary>
internal sealed class PlainZone
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(15);

    // No clock has been further from its zone's present standard time since the days that are asked for.
    private static readonly TimeSpan Furthest = TimeSpan.FromHours(4);

    private readonly TimeZoneInfo _zone;
    private readonly Dictionary<DateOnly, DateTimeOffset> _starts = [];

    public PlainZone(string id)
    {
        Id = id;
        _zone = TimeZoneInfo.FindSystemTimeZoneById(id);
    }

    public string Id { get; }

    /// <summary>An instant by the clock.</summary>
    public DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, _zone);

    /// <summary>The day by the clock.</summary>
    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(Local(instant).DateTime);

    /// <summary>When a day begins.</summary>
    public DateTimeOffset StartOf(DateOnly day)
    {
        if (!_starts.TryGetValue(day, out var start))
        {
            start = FirstAt(day.ToDateTime(TimeOnly.MinValue));
            _starts.Add(day, start);
        }

        return start;
    }

    /// <summary>The first quarter hour at which the clock shows a time or a later one.</summary>
    public DateTimeOffset FirstAt(DateTime time)
    {
        var instant = new DateTimeOffset(time, TimeSpan.Zero) - _zone.BaseUtcOffset - Furthest;
        while (Local(instant).DateTime < time)
        {
            instant += Step;
        }

        return instant;
    }

    /// <summary>When each bucket of a range begins: the first one with the range, the others where the clock enters another hour, day, week or month.</summary>
    public IReadOnlyList<DateTimeOffset> Buckets(PlainRange range, string interval)
    {
        var instants = interval == "hour" ? QuarterHours(range) : Days(range);
        var starts = new List<DateTimeOffset>();
        object? last = null;
        foreach (var instant in instants)
        {
            var name = NameOf(Local(instant), interval);
            if (!name.Equals(last))
            {
                starts.Add(instant);
            }

            last = name;
        }

        return starts;
    }

    private static object NameOf(DateTimeOffset local, string interval)
    {
        var day = DateOnly.FromDateTime(local.DateTime);
        return interval switch
        {
            // An hour that the clock shows twice is two.
            "hour" => (day, local.Hour, local.Offset),
            "day" => day,
            "week" => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
            _ => (day.Year, day.Month),
        };
    }

    private static IEnumerable<DateTimeOffset> QuarterHours(PlainRange range)
    {
        for (var instant = range.Start; instant < range.End; instant += Step)
        {
            yield return instant;
        }
    }

    private IEnumerable<DateTimeOffset> Days(PlainRange range)
    {
        yield return range.Start;
        for (var day = DayOf(range.Start).AddDays(1); StartOf(day) < range.End; day = day.AddDays(1))
        {
            yield return StartOf(day);
        }
    }
}
