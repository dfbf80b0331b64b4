using System.Text.Json;
using PulseBoard.Contracts;
using PulseBoard.Data.Rollups;

namespace PulseBoard.Tests.Metrics;

/// <summary>Every answer of the read API, computed from the events as plainly as it can be said: the definition that the real ones are held against.</summary>
/// <param name="activity">What happened.</param>
/// <param name="reportingZone">The zone that the first and last day of a person are in.</param>
internal sealed class PlainMetrics(PlainActivity activity, PlainZone reportingZone)
{
    private static readonly TimeSpan[] Edges =
    [
        TimeSpan.Zero, TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(4), TimeSpan.FromHours(8), TimeSpan.FromDays(1), TimeSpan.FromDays(2),
        TimeSpan.FromDays(4), TimeSpan.FromDays(7), TimeSpan.FromDays(14), TimeSpan.FromDays(28), TimeSpan.MaxValue,
    ];

    public IReadOnlyList<UserSummary> Summary(PlainFilter filter) =>
        [.. activity.In(filter, filter.Range)
            .GroupBy(happened => happened.User, StringComparer.Ordinal)
            .Select(events => new UserSummary(events.Key, events.Count(), Created(events), Completed(events)))
            .OrderByDescending(summary => summary.TotalEvents)
            .ThenBy(summary => summary.UserId, Utf8Order.Instance)];

    public MetricsTotals Totals(PlainFilter filter)
    {
        var (now, before) = (activity.In(filter, filter.Range), filter.Comparison is null ? null : activity.In(filter, filter.Comparison));
        return new(
            filter.Range!.In(filter.Zone),
            filter.Comparison?.In(filter.Zone),
            Measure(events => events.Count),
            Measure(events => Created(events)),
            Measure(events => Completed(events)),
            Measure(events => Created(events) == 0 ? null : (double)Completed(events) / Created(events)),
            Measure(events => ActivePeople(events)),
            Beside(Median(filter.Range!), filter.Comparison is null ? null : Median(filter.Comparison)));

        MetricsMeasure Measure(Func<IReadOnlyList<PlainEvent>, double?> of) => Beside(of(now), before is null ? null : of(before));

        double? Median(PlainRange range) => Quantile(CompletedTasks(filter, range), 50);
    }

    public MetricsTimeSeries TimeSeries(PlainFilter filter, string by, string metric, int limit)
    {
        var (range, comparison) = (filter.Range!, filter.Comparison);
        var (now, before) = (OfMetric(range), comparison is null ? null : OfMetric(comparison));
        var buckets = filter.Zone.Buckets(range, filter.Interval);
        var previousBuckets = comparison is null ? null : filter.Zone.Buckets(comparison, filter.Interval);

        // Who has nothing in the range has no series, and is part of the rest for what they had before.
        var keys = by == "none" ? [] : now.Concat(before ?? []).Select(Key).ToHashSet(StringComparer.Ordinal);
        var series = keys
            .Select(key => Of(key, NameOf(by, key), happened => Key(happened) == key))
            .Where(one => one.Total > 0)
            .OrderByDescending(one => one.Total)
            .ThenBy(one => one.Key!, Utf8Order.Instance)
            .Take(limit)
            .ToList();
        keys.ExceptWith(series.Select(one => one.Key!));
        return new(
            range.In(filter.Zone),
            comparison?.In(filter.Zone),
            filter.Interval,
            by,
            metric,
            [.. buckets.Select(filter.Zone.Local)],
            previousBuckets?.Select(filter.Zone.Local).ToList(),
            series,
            keys.Count == 0 ? null : Of(null, null, happened => keys.Contains(Key(happened))),
            Of(null, null, _ => true));

        IReadOnlyList<PlainEvent> OfMetric(PlainRange of) => [.. activity.In(filter, of).Where(happened => metric switch
        {
            "tasks_created" => happened.Type == ActivityTypes.TaskCreated,
            "tasks_completed" => happened.Type == ActivityTypes.TaskCompleted,
            _ => true,
        })];

        string Key(PlainEvent happened) => by switch
        {
            "type" => happened.Type,
            "team" => activity.TeamOf(happened.User),
            _ => happened.User,
        };

        MetricsSeries Of(string? key, string? name, Func<PlainEvent, bool> belongs)
        {
            var (ofNow, ofBefore) = (now.Where(belongs).ToList(), before?.Where(belongs).ToList());
            return new(key, name, Number(ofNow), Values(ofNow, buckets), ofBefore is null ? null : Number(ofBefore), ofBefore is null ? null : Values(ofBefore, previousBuckets!));
        }

        long Number(IReadOnlyCollection<PlainEvent> events) => metric == "active_people" ? ActivePeople(events) : events.Count;

        IReadOnlyList<long> Values(IEnumerable<PlainEvent> events, IReadOnlyList<DateTimeOffset> starts)
        {
            var byBucket = events.ToLookup(happened => BucketOf(starts, happened.At));
            return [.. Enumerable.Range(0, starts.Count).Select(bucket => Number([.. byBucket[bucket]]))];
        }
    }

    public MetricsHeatmap Heatmap(PlainFilter filter)
    {
        var events = activity.In(filter, filter.Range).Select(happened => filter.Zone.Local(happened.At)).ToLookup(local => (Weekday: ((int)local.DayOfWeek + 6) % 7, local.Hour));
        var rows = Enumerable.Range(0, 7).Select(weekday => Enumerable.Range(0, 24).Select(hour => (long)events[(weekday, hour)].Count()).ToList()).ToList();
        return new(filter.Range!.In(filter.Zone), rows.Sum(row => row.Sum()), rows.Max(row => row.Max()), rows);
    }

    public MetricsCalendar Calendar(PlainFilter filter)
    {
        var events = activity.In(filter, filter.Range).ToLookup(happened => filter.Zone.DayOf(happened.At));
        var range = filter.Range!.In(filter.Zone);
        return new(
            range,
            [.. Enumerable.Range(0, range.To.DayNumber - range.From.DayNumber + 1)
                .Select(range.From.AddDays)
                .Select(day => new MetricsDay(day, events[day].Count(), Created(events[day]), Completed(events[day])))]);
    }

    public MetricsLeaderboard Leaderboard(PlainFilter filter, string by, string metric, int limit)
    {
        var ranks = Ranks(filter, by, metric);
        return new(filter.Range!.In(filter.Zone), filter.Comparison?.In(filter.Zone), metric, by, ranks.Sum(rank => rank.Value), [.. ranks.Take(limit)]);
    }

    public CycleTimes CycleTime(PlainFilter filter, int limit)
    {
        var (range, zone) = (filter.Range!, filter.Zone);
        var (now, before) = (CompletedTasks(filter, range), filter.Comparison is null ? null : CompletedTasks(filter, filter.Comparison));
        var buckets = zone.Buckets(range, filter.Interval);
        var completed = now.ToLookup(task => BucketOf(buckets, task.CompletedAt!.Value));
        PlainTask[] opened = filter.Passes(ActivityTypes.TaskCreated)
            ? [.. activity.Tasks.Where(task => task.IsOpened && activity.Passes(filter, task.CreatedBy!))]
            : [];
        var measured = now.Where(task => task.IsMeasured).ToList();
        return new(
            range.In(zone),
            filter.Comparison?.In(zone),
            filter.Interval,
            CycleTimeBins.RelativeError,
            Measure(tasks => tasks.Count),
            Measure(tasks => tasks.Count(task => task.IsMeasured)),
            Measure(tasks => Quantile(tasks, 50)),
            Measure(tasks => Quantile(tasks, 85)),
            [.. Edges.Zip(Edges.Skip(1), (from, to) => new CycleTimeBin(
                from.TotalSeconds,
                to == TimeSpan.MaxValue ? null : to.TotalSeconds,
                measured.Count(task => task.CycleSeconds >= from.TotalSeconds && task.CycleSeconds < to.TotalSeconds)))],
            [.. buckets.Select(zone.Local)],
            PerBucket((start, end) => opened.LongCount(task => task.CreatedAt >= start && task.CreatedAt < end)),
            [.. buckets.Select((_, bucket) => completed[bucket].LongCount())],
            [.. buckets.Select((_, bucket) => Quantile([.. completed[bucket]], 50))],
            [.. buckets.Select((_, bucket) => Quantile([.. completed[bucket]], 85))],
            PerBucket((_, end) => opened.LongCount(task => task.IsInProgressAt(end))),
            By("team", task => activity.TeamOf(task.CompletedBy!)),
            [.. By("user", task => task.CompletedBy!).Take(limit)]);

        MetricsMeasure Measure(Func<IReadOnlyList<PlainTask>, double?> of) => Beside(of(now), before is null ? null : of(before));

        IReadOnlyList<long> PerBucket(Func<DateTimeOffset, DateTimeOffset, long> of) => [.. buckets.Zip(buckets.Skip(1).Append(range.End), of)];

        IReadOnlyList<CycleTimeOf> By(string by, Func<PlainTask, string> key) =>
            [.. now.GroupBy(key, StringComparer.Ordinal)
                .Select(tasks => new CycleTimeOf(
                    tasks.Key, NameOf(by, tasks.Key), tasks.Count(), tasks.Count(task => task.IsMeasured), Quantile([.. tasks], 50), Quantile([.. tasks], 85)))
                .OrderByDescending(one => one.Completed)
                .ThenBy(one => one.Key, Utf8Order.Instance)];
    }

    /// <summary>Null where nobody knows the person.</summary>
    public PersonMetrics? Person(string user, PlainFilter everybody)
    {
        var days = activity.Events.Where(happened => happened.User == user).Select(happened => reportingZone.DayOf(happened.At)).ToList();
        if (days.Count == 0 && !activity.People.ContainsKey(user))
        {
            return null;
        }

        const int MostTypes = 20;
        const int MostPeople = 1;
        var filter = everybody with { Users = [user] };
        var team = activity.TeamOf(user);
        return new(
            user,
            activity.NameOf(user),
            team.Length == 0 ? null : team,
            activity.NameOfTeam(team),
            days.Count == 0 ? null : days.Min(),
            days.Count == 0 ? null : days.Max(),
            Ranks(everybody, "user", "events").FirstOrDefault(rank => rank.Key == user),
            Totals(filter),
            TimeSeries(filter, "type", "events", MostTypes),
            Heatmap(filter),
            CycleTime(filter, MostPeople));
    }

    /// <summary>The newest first.</summary>
    public IReadOnlyList<RecordedEvent> Events(PlainFilter filter, string? search)
    {
        return [.. activity.In(filter, filter.Range)
            .Where(happened => search is null || Has(happened.User) || Has(happened.Type) || (activity.NameOf(happened.User) is { } name && Has(name)))
            .OrderByDescending(happened => happened.At)
            .ThenByDescending(happened => happened.Id)
            .Select(happened => new RecordedEvent(happened.Id, happened.User, happened.Type, happened.At, happened.ReceivedAt, Parse(happened.Data)))];

        bool Has(string text) => text.Contains(search, StringComparison.OrdinalIgnoreCase);

        static JsonElement? Parse(string? data) => data is null ? null : JsonSerializer.Deserialize<JsonElement>(data);
    }

    private List<MetricsRank> Ranks(PlainFilter filter, string by, string metric)
    {
        var (now, before) = (Numbers(filter.Range!), filter.Comparison is null ? null : Numbers(filter.Comparison));
        var total = now.Values.Sum();
        return [.. now.Where(number => number.Value > 0)
            .OrderByDescending(number => number.Value)
            .ThenBy(number => number.Key, Utf8Order.Instance)
            .Select(number =>
            {
                var (rank, previousRank) = (RankIn(now, number.Key)!.Value, before is null ? null : RankIn(before, number.Key));
                var team = by == "user" ? activity.TeamOf(number.Key) : "";
                return new MetricsRank(
                    rank,
                    number.Key,
                    NameOf(by, number.Key),
                    team.Length == 0 ? null : team,
                    number.Value,
                    (double)number.Value / total,
                    before?.GetValueOrDefault(number.Key),
                    previousRank,
                    previousRank - rank);
            })];

        Dictionary<string, long> Numbers(PlainRange range) => activity.In(filter, range)
            .GroupBy(happened => by == "team" ? activity.TeamOf(happened.User) : happened.User, StringComparer.Ordinal)
            .ToDictionary(
                events => events.Key,
                events => metric switch
                {
                    "tasks_created" => Created(events),
                    "tasks_completed" => Completed(events),
                    // Of a team: those of its people together.
                    "active_days" => events.Select(happened => (happened.User, filter.Zone.DayOf(happened.At))).Distinct().LongCount(),
                    _ => events.LongCount(),
                },
                StringComparer.Ordinal);

        static int? RankIn(Dictionary<string, long> numbers, string key) =>
            numbers.GetValueOrDefault(key) is > 0 and var own ? 1 + numbers.Values.Count(number => number > own) : null;
    }

    private IReadOnlyList<PlainTask> CompletedTasks(PlainFilter filter, PlainRange range) => filter.Passes(ActivityTypes.TaskCompleted)
        ? [.. activity.Tasks.Where(task => range.Contains(task.CompletedAt) && activity.Passes(filter, task.CompletedBy!))]
        : [];

    private string? NameOf(string by, string key) => by switch
    {
        "user" => activity.NameOf(key),
        "team" => activity.NameOfTeam(key),
        _ => null,
    };

    private static long Created(IEnumerable<PlainEvent> events) => events.LongCount(happened => happened.Type == ActivityTypes.TaskCreated);

    private static long Completed(IEnumerable<PlainEvent> events) => events.LongCount(happened => happened.Type == ActivityTypes.TaskCompleted);

    private static long ActivePeople(IEnumerable<PlainEvent> events) => events.Select(happened => happened.User).Distinct(StringComparer.Ordinal).LongCount();

    private static int BucketOf(IReadOnlyList<DateTimeOffset> starts, DateTimeOffset instant) => starts.Count(start => start <= instant) - 1;

    /// <summary>Of their cycle times in seconds; null where there is none.</summary>
    private static double? Quantile(IReadOnlyList<PlainTask> tasks, int percent)
    {
        var times = tasks.Where(task => task.IsMeasured).Select(task => task.CycleSeconds).Order().ToList();
        return times.Count == 0 ? null : times[(((percent * times.Count) + 99) / 100) - 1];
    }

    private static MetricsMeasure Beside(double? value, double? previous) =>
        new(value, previous, value is null || previous is null or 0 ? null : (value - previous) / previous);
}
