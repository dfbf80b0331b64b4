using System.Globalization;
using PulseBoard.Contracts;

namespace PulseBoard.Tests.Metrics;

/// <summary>Questions of every kind about some activity. The same seed gives the same.</summary>
internal sealed class RandomQuestions(Random random, PlainActivity activity, PlainZone reportingZone)
{
    private const int MostBuckets = 2_000;
    private const int MostDays = 3_660;
    private const int DefaultDays = 30;
    private const int YearOfDays = 365;
    private const int ComparedYear = 364;

    // Days on which clocks change somewhere, the days between, and long before and after.
    private static readonly DateOnly[] Days =
    [
        new(2025, 9, 28), new(2025, 10, 5), new(2025, 10, 26), new(2025, 11, 2), new(2026, 3, 8), new(2026, 3, 29), new(2026, 4, 4), new(2026, 4, 5), new(2026, 10, 25), new(2026, 11, 1),
        new(2025, 9, 20), new(2025, 12, 31), new(2026, 1, 1), new(2026, 3, 1), new(2026, 10, 31), new(2026, 11, 20), new(2024, 2, 29), new(2027, 6, 1),
    ];

    private static readonly string[] Intervals = ["hour", "day", "week", "month"];
    private static readonly string[] Comparisons = ["none", "previous", "year"];
    private static readonly string[] Searches = ["ADA", "ben", "a", "e", "Display", "ph.d.", "%", "_", "\\", "=", "o'", "\"", "😀", "李", "PAGE", "log", "nobody is called so"];

    private readonly PlainMetrics _plain = new(activity, reportingZone);
    private readonly List<string> _query = [];

    /// <summary>One of each kind, in turn.</summary>
    public IEnumerable<MetricsQuestion> Take(int count) => Enumerable.Range(0, count).Select(n => (n % 9) switch
    {
        0 => Summary(),
        1 => Totals(),
        2 or 3 => TimeSeries(),
        4 => Heatmap(),
        5 => Calendar(),
        6 => Leaderboard(),
        7 => CycleTime(),
        _ => Person(),
    });

    public MetricsQuestion Summary()
    {
        var filter = Filter(DefaultDays, allTime: true);
        return Ask("summary", now => _plain.Summary(filter(now)));
    }

    public MetricsQuestion Totals()
    {
        var filter = Filter(DefaultDays, compares: true);
        return Ask("totals", now => _plain.Totals(filter(now)));
    }

    /// <summary>Who was active: not a sum, and so the first to be wrong where numbers cancel each other out.</summary>
    public IEnumerable<MetricsQuestion> Active() => [TimeSeries("active_people"), Leaderboard("active_days")];

    public MetricsQuestion TimeSeries(string? only = null)
    {
        var filter = Filter(DefaultDays, compares: true, buckets: true);
        var by = only is null ? Option("by", "none", "type", "team", "user") : Option("by", "none", "team");
        var metric = only is not null ? Only("metric", only) : by is "none" or "team" ? Option("metric", "events", "tasks_created", "tasks_completed", "active_people") : Option("metric", "events", "tasks_created", "tasks_completed");
        var limit = Limit(10, 8);
        return Ask("timeseries", now => _plain.TimeSeries(filter(now), by, metric, limit));
    }

    public MetricsQuestion Heatmap()
    {
        var filter = Filter(DefaultDays);
        return Ask("heatmap", now => _plain.Heatmap(filter(now)));
    }

    public MetricsQuestion Calendar()
    {
        var filter = Filter(YearOfDays);
        return Ask("calendar", now => _plain.Calendar(filter(now)));
    }

    public MetricsQuestion Leaderboard(string? only = null)
    {
        var filter = Filter(DefaultDays, compares: true);
        var by = Option("by", "user", "team");
        var metric = only is not null ? Only("metric", only) : Option("metric", "events", "tasks_created", "tasks_completed", "active_days");
        var limit = Limit(10, 40);
        return Ask("leaderboard", now => _plain.Leaderboard(filter(now), by, metric, limit));
    }

    public MetricsQuestion CycleTime()
    {
        var filter = Filter(DefaultDays, compares: true, buckets: true);
        var limit = Limit(10, 30);
        return Ask("cycle-time", now => _plain.CycleTime(filter(now), limit));
    }

    public MetricsQuestion Person()
    {
        var filter = Filter(DefaultDays, compares: true, buckets: true, ofOnePerson: true);
        var user = random.Next(12) == 0 ? "idle" : Pick(RandomActivity.People);
        return Ask($"people/{Uri.EscapeDataString(user)}", now => _plain.Person(user, filter(now)));
    }

    /// <summary>A list of events: what its query says, and all of them.</summary>
    public (string Query, IReadOnlyList<RecordedEvent> Events) Events(DateTimeOffset now)
    {
        var filter = Filter(DefaultDays);
        var search = random.Next(2) == 0 ? Pick(Searches) : null;
        if (search is not null)
        {
            _query.Add($"search={Uri.EscapeDataString(search)}");
        }

        return (TakeQuery(), _plain.Events(filter(now), search));
    }

    private MetricsQuestion Ask(string endpoint, Func<DateTimeOffset, object?> answer) => new($"/api/metrics/{endpoint}", TakeQuery(), answer);

    private string TakeQuery()
    {
        // Their order means nothing.
        var parameters = _query.ToArray();
        random.Shuffle(parameters);
        _query.Clear();
        return string.Join('&', parameters);
    }

    /// <summary>A filter, which may depend on when it is asked, and its parameters.</summary>
    private Func<DateTimeOffset, PlainFilter> Filter(
        int defaultDays, bool allTime = false, bool compares = false, bool buckets = false, bool ofOnePerson = false)
    {
        var zone = reportingZone;
        if (random.Next(4) > 0)
        {
            zone = Pick(RandomActivity.Zones);
            _query.Add($"tz={Uri.EscapeDataString(zone.Id)}");
        }

        var (range, isOfDays) = Range(zone, defaultDays, allTime);
        var users = ofOnePerson ? [] : Values("user", 4, RandomActivity.People, "nobody");
        var teams = Values("team", ofOnePerson ? 8 : 4, RandomActivity.Teams, "");
        var types = Values("type", 4, RandomActivity.Types, "LOGIN");
        var comparison = compares ? Option("compare", Comparisons) : "none";
        var interval = default(string);

        // What a range without bounds is depends on the day, and does not matter here: it is short.
        if (buckets && random.Next(3) > 0 && range(DateTimeOffset.UtcNow) is { } asked)
        {
            interval = Pick(Fitting(asked.Days(zone)));
            _query.Add($"interval={interval}");
        }

        return now =>
        {
            var of = range(now);
            return new()
            {
                Zone = zone,
                Range = of,
                Comparison = of is null || comparison == "none" ? null : Compared(zone, of, comparison, isOfDays),
                Interval = interval ?? (of is null ? "day" : DefaultInterval(Length(zone, of, isOfDays))),
                Users = users,
                Teams = teams,
                Types = types,
            };
        };
    }

    private (Func<DateTimeOffset, PlainRange?> Range, bool IsOfDays) Range(PlainZone zone, int defaultDays, bool allTime)
    {
        switch (random.Next(8))
        {
            case 0 when allTime:
                return (_ => null, true);
            case 0:
                return (now => LastDays(zone.DayOf(now), defaultDays), true);
            case 1:
                var since = new DateOnly(2026, 11, 1).AddDays(random.Next(-400, 25));
                _query.Add($"from={MetricsQuestion.Text(since)}");
                return (now => PlainRange.OfDays(zone, since, zone.DayOf(now)), true);
            case 2:
                var until = Pick(Days);
                _query.Add($"to={MetricsQuestion.Text(until)}");
                return (_ => LastDays(until, DefaultDays), true);
            case 3:
            case 4:
                // Written in any zone: an offset is part of the instant.
                var start = zone.StartOf(Day()).AddMinutes(15 * random.Next(96));
                var end = start.AddMinutes(15 * (1 + random.Next(random.Next(2) == 0 ? 300 : 20_000)));
                var written = Pick(RandomActivity.Zones);
                _query.Add($"from={Uri.EscapeDataString(MetricsQuestion.Text(written.Local(start)))}");
                _query.Add($"to={Uri.EscapeDataString(MetricsQuestion.Text(end))}");
                return (_ => new(start, end), false);
            default:
                var from = Day();
                var days = random.Next(6) switch
                {
                    0 => 1,
                    1 => random.Next(1, 5),
                    2 or 3 => random.Next(5, 100),
                    4 => random.Next(100, 800),
                    _ => random.Next(800, MostDays + 1),
                };
                if (days > 100 && zone.Id == "UTC")
                {
                    // Other clocks did not keep to quarter hours long ago, and a comparison must not begin before 1970.
                    from = new DateOnly(1990, 1, 1).AddDays(random.Next(13_000));
                }

                var to = from.AddDays(days - 1);
                _query.Add($"from={MetricsQuestion.Text(from)}");
                _query.Add($"to={MetricsQuestion.Text(to)}");
                return (_ => PlainRange.OfDays(zone, from, to), true);
        }

        PlainRange LastDays(DateOnly last, int days) => PlainRange.OfDays(zone, last.AddDays(1 - days), last);
    }

    private DateOnly Day() => random.Next(3) == 0 ? Pick(Days) : Pick(Days).AddDays(random.Next(-20, 20));

    private static int Length(PlainZone zone, PlainRange range, bool isOfDays) =>
        isOfDays ? zone.DayOf(range.End.AddTicks(-1)).DayNumber - zone.DayOf(range.Start).DayNumber + 1 : range.Days(zone);

    private static PlainRange Compared(PlainZone zone, PlainRange range, string comparison, bool isOfDays)
    {
        var length = (Length(zone, range, isOfDays) + 6) / 7 * 7;
        var back = comparison == "year" ? Math.Max(ComparedYear, length) : length;
        return isOfDays
            ? PlainRange.OfDays(zone, zone.DayOf(range.Start).AddDays(-back), zone.DayOf(range.End.AddTicks(-1)).AddDays(-back))
            : new(zone.FirstAt(zone.Local(range.Start).DateTime.AddDays(-back)), zone.FirstAt(zone.Local(range.End).DateTime.AddDays(-back)));
    }

    private static string DefaultInterval(int days) => days switch
    {
        <= 2 => "hour",
        <= 92 => "day",
        <= 730 => "week",
        _ => "month",
    };

    // With an hour and a day to spare: which interval is refused has tests of its own.
    private static string[] Fitting(int days) => (days * 24) + 25 <= MostBuckets ? Intervals : days + 1 <= MostBuckets ? Intervals[1..] : Intervals[2..];

    private string Option(string name, params string[] words)
    {
        if (random.Next(4) == 0)
        {
            return words[0];
        }

        var word = Pick(words);
        _query.Add($"{name}={word}");
        return word;
    }

    private string Only(string name, string word)
    {
        _query.Add($"{name}={word}");
        return word;
    }

    private int Limit(int otherwise, int most)
    {
        if (random.Next(3) == 0)
        {
            return otherwise;
        }

        var limit = random.Next(1, most + 1);
        _query.Add(string.Create(CultureInfo.InvariantCulture, $"limit={limit}"));
        return limit;
    }

    /// <summary>Some values of a parameter, in one of <paramref name="times"/> times; sometimes with one that is nobody's.</summary>
    private List<string> Values(string name, int times, IReadOnlyList<string> of, string other)
    {
        if (random.Next(times) > 0)
        {
            return [];
        }

        var values = Enumerable.Range(0, random.Next(1, 6)).Select(_ => random.Next(8) == 0 ? other : Pick(of)).ToList();
        _query.AddRange(values.Select(value => $"{name}={Uri.EscapeDataString(value)}"));
        return values;
    }

    private T Pick<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];
}
