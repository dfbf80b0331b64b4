using PulseBoard.Contracts;
using PulseBoard.Data.Rollups;
using static PulseBoard.Dashboard.Descriptions.ExampleWeek;

namespace PulseBoard.Dashboard.Metrics;

/// <summary>An answer to each question, for the API's description.</summary>
internal static class MetricsExamples
{
    private const string Day = "day";

    // Beside those that have a type of their own.
    private const string CommentAdded = "comment_added";

    private static readonly long[] AllEvents = Sum(Everybody.Select(person => person.Events));
    private static readonly long[] AllEventsBefore = Sum(Everybody.Select(person => person.EventsBefore));

    // Of Alex alone; the rest of Alex's events are comments.
    private static readonly long[] AlexCreated = [2, 2, 3, 2, 1, 0, 0];
    private static readonly long[] AlexCompleted = [2, 1, 3, 1, 1, 0, 1];

    public static IReadOnlyList<UserSummary> Summary { get; } =
        [.. Everybody.Select(person => new UserSummary(person.User, person.Events.Sum(), person.TasksCreated, person.TasksCompleted))];

    public static MetricsTotals Totals { get; } = new(
        Week,
        WeekBefore,
        MetricsMeasure.Of(AllEvents.Sum(), AllEventsBefore.Sum()),
        MetricsMeasure.Of(TasksCreated.Sum(), 20),
        MetricsMeasure.Of(TasksCompleted.Sum(), 19),
        MetricsMeasure.Of((double)TasksCompleted.Sum() / TasksCreated.Sum(), 0.95),
        MetricsMeasure.Of(Everybody.Count, Everybody.Count),
        MetricsMeasure.Of(32_400, 36_000));

    public static MetricsTimeSeries TimeSeries { get; } = new(
        Week,
        WeekBefore,
        Day,
        MetricNames.ByTeam,
        MetricNames.Events,
        Days,
        DaysBefore,
        [TeamSeries(Platform, PlatformName), TeamSeries(Mobile, MobileName)],
        Other: null,
        Series(null, null, AllEvents, AllEventsBefore));

    public static MetricsHeatmap Heatmap { get; } = HeatmapOf(AllEvents);

    public static MetricsCalendar Calendar { get; } = new(
        Week, [.. AllEvents.Select((events, day) => new MetricsDay(Week.From.AddDays(day), events, TasksCreated[day], TasksCompleted[day]))]);

    public static MetricsLeaderboard Leaderboard { get; } = new(
        Week,
        WeekBefore,
        MetricNames.Events,
        MetricNames.ByUser,
        AllEvents.Sum(),
        [
            Rank(Alex.User, Alex.Name, Alex.Team, Alex.Events, Alex.EventsBefore, rank: 1, rankBefore: 2),
            Rank(Kim.User, Kim.Name, Kim.Team, Kim.Events, Kim.EventsBefore, rank: 2, rankBefore: 1),
            Rank(Sam.User, Sam.Name, Sam.Team, Sam.Events, Sam.EventsBefore, rank: 3, rankBefore: 3),
        ]);

    public static CycleTimes CycleTime { get; } = new(
        Week,
        WeekBefore,
        Day,
        CycleTimeBins.RelativeError,
        MetricsMeasure.Of(22, 19),
        MetricsMeasure.Of(21, 19),
        MetricsMeasure.Of(32_400, 36_000),
        MetricsMeasure.Of(100_800, 115_200),
        Distribution([0, 2, 4, 4, 6, 3, 2, 0, 0, 0, 0]),
        Days,
        Opened: TasksCreated,
        CompletedPerBucket: TasksCompleted,
        MedianPerBucket: [30_600, 34_200, 32_400, 27_900, 36_000, null, 18_000],
        P85PerBucket: [93_600, 100_800, 108_000, 97_200, 86_400, null, 18_000],
        InProgress: [10, 11, 13, 13, 13, 13, 12],
        Teams: [new(Platform, PlatformName, 17, 16, 30_600, 97_200), new(Mobile, MobileName, 5, 5, 36_000, 108_000)],
        People:
        [
            new(Alex.User, Alex.Name, 9, 9, 28_800, 93_600),
            new(Kim.User, Kim.Name, 8, 7, 32_400, 97_200),
            new(Sam.User, Sam.Name, 5, 5, 36_000, 108_000),
        ]);

    public static PersonMetrics Person { get; } = new(
        Alex.User,
        Alex.Name,
        Alex.Team,
        PlatformName,
        FirstDay: new(2024, 3, 4),
        LastDay: Week.To,
        Rank(Alex.User, Alex.Name, Alex.Team, Alex.Events, before: null, rank: 1, rankBefore: null),
        new(
            Week,
            Comparison: null,
            MetricsMeasure.Of(Alex.Events.Sum(), null),
            MetricsMeasure.Of(Alex.TasksCreated, null),
            MetricsMeasure.Of(Alex.TasksCompleted, null),
            MetricsMeasure.Of((double)Alex.TasksCompleted / Alex.TasksCreated, null),
            MetricsMeasure.Of(1, null),
            MetricsMeasure.Of(28_800, null)),
        new(
            Week,
            Comparison: null,
            Day,
            MetricNames.ByType,
            MetricNames.Events,
            Days,
            PreviousBuckets: null,
            [
                Series(CommentAdded, null, [.. Alex.Events.Select((events, day) => events - AlexCreated[day] - AlexCompleted[day])], null),
                Series(ActivityTypes.TaskCreated, null, AlexCreated, null),
                Series(ActivityTypes.TaskCompleted, null, AlexCompleted, null),
            ],
            Other: null,
            Series(null, null, Alex.Events, null)),
        HeatmapOf(Alex.Events),
        new(
            Week,
            Comparison: null,
            Day,
            CycleTimeBins.RelativeError,
            MetricsMeasure.Of(9, null),
            MetricsMeasure.Of(9, null),
            MetricsMeasure.Of(28_800, null),
            MetricsMeasure.Of(93_600, null),
            Distribution([0, 1, 2, 1, 3, 2, 0, 0, 0, 0, 0]),
            Days,
            Opened: AlexCreated,
            CompletedPerBucket: AlexCompleted,
            MedianPerBucket: [27_000, 36_000, 28_800, 50_400, 21_600, null, 18_000],
            P85PerBucket: [93_600, 36_000, 97_200, 50_400, 21_600, null, 18_000],
            InProgress: [4, 5, 5, 6, 6, 6, 5],
            Teams: [new(Platform, PlatformName, 9, 9, 28_800, 93_600)],
            People: [new(Alex.User, Alex.Name, 9, 9, 28_800, 93_600)]));

    private static MetricsSeries TeamSeries(string key, string name)
    {
        var members = Everybody.Where(person => person.Team == key).ToList();
        return Series(key, name, Sum(members.Select(person => person.Events)), Sum(members.Select(person => person.EventsBefore)));
    }

    private static MetricsSeries Series(string? key, string? name, long[] values, long[]? before) =>
        new(key, name, values.Sum(), values, before?.Sum(), before);

    private static MetricsRank Rank(string key, string? name, string? team, long[] events, long[]? before, int rank, int? rankBefore) =>
        new(rank, key, name, team, events.Sum(), (double)events.Sum() / AllEvents.Sum(), before?.Sum(), rankBefore, rankBefore - rank);

    private static CycleTimeBin[] Distribution(long[] tasks)
    {
        double[] edges = [0, 900, 3_600, 14_400, 28_800, 86_400, 172_800, 345_600, 604_800, 1_209_600, 2_419_200];
        return [.. tasks.Select((count, bin) => new CycleTimeBin(edges[bin], bin + 1 < edges.Length ? edges[bin + 1] : null, count))];
    }
}
