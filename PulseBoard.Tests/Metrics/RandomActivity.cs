using System.Globalization;
using System.Text.Json;
using PulseBoard.Contracts;

namespace PulseBoard.Tests.Metrics;

/// <summary>
/// Activity in which everything happens that may: names of every kind, and instants on the borders of quarter hours, hours and days
/// of each zone, around changes of clocks. The same seed gives the same.
/// </summary>
internal sealed class RandomActivity(Random random, DateTimeOffset now)
{
    /// <summary>Zones of whole, half and quarter hours, of both hemispheres, and some whose clocks change at midnight.</summary>
    public static readonly IReadOnlyList<PlainZone> Zones =
    [
        new("UTC"), new("Europe/Berlin"), new("America/New_York"), new("Asia/Kolkata"), new("Asia/Kathmandu"), new("Australia/Lord_Howe"),
        new("Pacific/Chatham"), new("America/St_Johns"), new("America/Havana"), new("America/Santiago"), new("Africa/Casablanca"), new("Pacific/Kiritimati"),
    ];

    public static readonly IReadOnlyList<string> People =
    [
        "ada@example.com", "Ada@example.com", "ADA@EXAMPLE.COM", "ben", "Ben", "carla", "dora", "emil", "żaneta", "zaneta", "李雷", "😀 smile", "＝fullwidth", "o'brien",
        "\"quoted\"", "comma, inc", "=SUM(A1)", "+49 151", "semi;colon", "back\\slash", "tab\tin", " leading space", "100%_", "e\u0301", "\u00e9", "a?b#c&d=e+f", "a/b",
    ];

    public static readonly IReadOnlyList<string> Types =
        [ActivityTypes.TaskCreated, ActivityTypes.TaskCompleted, "login", "Login", "page view", "page,\"view\"", "=cmd|' /C calc'!A0", "日本", "Task_Created"];

    public static readonly IReadOnlyList<string> Teams = ["red", "Red", "blue team", "=green", "équipe", "nobody's"];

    // Each has the changes of clocks of some of the zones.
    private static readonly (DateOnly From, DateOnly To)[] Seasons =
        [(new(2025, 9, 26), new(2025, 11, 6)), (new(2026, 3, 4), new(2026, 4, 8)), (new(2026, 10, 20), new(2026, 11, 25))];

    private static readonly TimeSpan[] CycleBorders =
        [TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(4), TimeSpan.FromHours(8), TimeSpan.FromDays(1), TimeSpan.FromDays(7), TimeSpan.FromDays(28)];

    private int _tasks;

    /// <summary>Who is called what, and belongs where. Some are in no team, and some are not entered at all.</summary>
    public void Assign(PlainActivity activity)
    {
        foreach (var team in Teams)
        {
            activity.Teams[team] = random.Next(3) == 0 ? null : $"The {team} team";
        }

        foreach (var person in People.Where(_ => random.Next(5) > 0))
        {
            activity.People[person] = (random.Next(3) == 0 ? null : $"Display {person}, Ph.D.", random.Next(6) == 0 ? null : Pick(Teams));
        }

        // Known, and never seen.
        activity.People["idle"] = ("Idle", Teams[0]);
    }

    /// <summary>Events, those of tasks and others.</summary>
    public List<PlainEvent> Events(int count)
    {
        var events = new List<PlainEvent>();
        while (events.Count < count)
        {
            if (random.Next(4) == 0)
            {
                events.AddRange(TaskEvents());
            }
            else
            {
                events.Add(Event(Person(), Pick(Types), Instant(), random.Next(3) switch
                {
                    0 => null,
                    1 => """{"note": "it's \"odd\", \\ und 😀", "nested": {"a": [1, 2.5, null, true]}}""",
                    _ => """{"task_id": null}""",
                }));
            }
        }

        return events;
    }

    /// <summary>Events of one quarter hour.</summary>
    public List<PlainEvent> Burst(int count)
    {
        var start = new DateTimeOffset(2026, 11, 10, 9, 15, 0, TimeSpan.Zero);
        return [.. Enumerable.Range(0, count).Select(_ => Event(Person(), Pick(Types), start.AddSeconds(random.Next(15 * 60)), null))];
    }

    /// <summary>Events of long ago, down to the first instant that is taken.</summary>
    public List<PlainEvent> OldEvents() =>
    [
        Event(Person(), ActivityTypes.TaskCreated, DateTimeOffset.UnixEpoch, """{"task_id": "old"}"""),
        Event(Person(), "login", new(1999, 12, 31, 23, 59, 59, TimeSpan.Zero), null),
        Event(Person(), ActivityTypes.TaskCompleted, new(2020, 2, 29, 12, 0, 0, TimeSpan.Zero), """{"task_id": "old"}"""),
        Event(Person(), ActivityTypes.TaskCreated, new(2023, 1, 1, 0, 0, 0, TimeSpan.Zero), """{"task_id": "never completed"}"""),
    ];

    private IEnumerable<PlainEvent> TaskEvents()
    {
        var number = _tasks++;
        var id = (number % 5) switch
        {
            0 => number.ToString(CultureInfo.InvariantCulture),
            // The same as the one before: a number and its text are one id.
            1 => $"\"{number - 1}\"",
            2 => $"\"TASK-{number} 😀\"",
            3 => $"\"task-{number % 40}\"",
            _ => $"\"{Guid.NewGuid()}\"",
        };
        var created = Instant();
        var completed = created + CycleTime();
        var (creator, completer) = (Person(), Person());

        if (random.Next(12) > 0)
        {
            yield return Of(ActivityTypes.TaskCreated, created, creator);
        }

        if (random.Next(8) == 0)
        {
            yield return Of(ActivityTypes.TaskCreated, created + CycleTime(), Person());
        }

        if (random.Next(10) == 0)
        {
            // At the same instant, by another: either may be first.
            yield return Of(ActivityTypes.TaskCreated, created, Person());
        }

        if (random.Next(5) > 0 && completed <= now)
        {
            yield return Of(ActivityTypes.TaskCompleted, completed, random.Next(3) == 0 ? completer : creator);
            if (random.Next(8) == 0)
            {
                yield return Of(ActivityTypes.TaskCompleted, completed, Person());
            }
        }

        if (random.Next(15) == 0)
        {
            yield return Of(ActivityTypes.TaskCompleted, created - CycleTime(), completer);
        }

        if (random.Next(20) == 0)
        {
            yield return Of("login", created, creator);
        }

        PlainEvent Of(string type, DateTimeOffset at, string user) => Event(user, type, at, $$"""{"task_id": {{id}}}""");
    }

    private PlainEvent Event(string user, string type, DateTimeOffset at, string? data)
    {
        at = at > now ? now : at;
        return new(NewId(), user, type, at, now.AddTicks(-10 * random.NextInt64(1_000_000)), data, data is null ? null : TaskId(data));
    }

    private static string? TaskId(string data) => JsonSerializer.Deserialize<JsonElement>(data).TryGetProperty("task_id", out var id) && id.ValueKind != JsonValueKind.Null
        ? id.ToString()
        : null;

    /// <summary>Not a new one of the machine's: the order of ids is part of what is compared.</summary>
    private Guid NewId()
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new(bytes);
    }

    private DateTimeOffset Instant()
    {
        var (from, to) = Pick(Seasons);
        var day = from.AddDays(random.Next(to.DayNumber - from.DayNumber + 1));
        var midnight = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var quarterHour = midnight.AddMinutes(15 * random.Next(96));
        var instant = random.Next(10) switch
        {
            0 => quarterHour,
            1 => quarterHour.AddTicks(-TimeSpan.TicksPerMicrosecond),
            2 => Pick(Zones).StartOf(day),
            3 => Pick(Zones).StartOf(day).AddTicks(-TimeSpan.TicksPerMicrosecond),
            4 => midnight.AddHours(random.Next(24)),
            // The hours in which clocks change on a Sunday.
            5 => midnight.AddDays(-(int)day.DayOfWeek).AddMinutes(random.Next(-60 * 12, 60 * 12)),
            _ => midnight.AddTicks(10 * random.NextInt64(TimeSpan.TicksPerDay / 10)),
        };
        return instant > now ? now : instant;
    }

    private TimeSpan CycleTime() => random.Next(4) switch
    {
        0 => Pick(CycleBorders),
        1 => Pick(CycleBorders) + TimeSpan.FromMicroseconds(random.Next(2)),
        _ => TimeSpan.FromMicroseconds(Math.Floor(Math.Exp(random.NextDouble() * Math.Log(40 * 86_400e6)))),
    };

    // Some do far more than others.
    private string Person() => People[(int)(People.Count * Math.Pow(random.NextDouble(), 1.7))];

    private T Pick<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];
}
