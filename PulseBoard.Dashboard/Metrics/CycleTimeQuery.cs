using PulseBoard.Contracts;
using PulseBoard.Dashboard.Filtering;
using PulseBoard.Dashboard.Rollups;
using PulseBoard.Data;
using PulseBoard.Data.Rollups;

namespace PulseBoard.Dashboard.Metrics;

/// <summary>How long tasks take, and how many are under way.</summary>
internal sealed class CycleTimeQuery(DatabaseConnections connections)
{
    private const double Median = 0.5, P85 = 0.85;

    // All of them are edges of bins.
    private static readonly TimeSpan[] Edges =
    [
        TimeSpan.Zero, TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(4), TimeSpan.FromHours(8), TimeSpan.FromDays(1),
        TimeSpan.FromDays(2), TimeSpan.FromDays(4), TimeSpan.FromDays(7), TimeSpan.FromDays(14), TimeSpan.FromDays(28),
    ];

    public Task<CycleTimes> ReadAsync(MetricsFilter filter, int limit, CancellationToken cancellationToken) =>
        RollupSnapshot.ReadAsync(connections, filter, withRoster: true, snapshot => ReadAsync(snapshot, filter, limit, cancellationToken), cancellationToken);

    /// <summary>The same from a snapshot that more is read from.</summary>
    public static async Task<CycleTimes> ReadAsync(RollupSnapshot snapshot, MetricsFilter filter, int limit, CancellationToken cancellationToken)
    {
        var range = Answering.RangeOf(filter);
        var buckets = TimeBuckets.Of(range, filter.Interval);
        var now = new TaskTally(buckets.Count, needsDetails: true);
        await TaskReader.ReadAsync(snapshot, filter, BucketMap.Of(range, buckets), now, cancellationToken);
        var before = default(TaskTally);
        if (filter.Comparison is { } comparison)
        {
            before = new(buckets: 1, needsDetails: false);
            await TaskReader.ReadAsync(snapshot, filter, BucketMap.Whole(comparison), before, cancellationToken);
        }

        return new(
            Answering.Tell(range),
            Answering.TellOptional(filter.Comparison),
            Answering.Name(filter.Interval),
            CycleTimeBins.RelativeError,
            MetricsMeasure.Of(now.Completed.Sum(), before?.Completed.Sum()),
            MetricsMeasure.Of(now.All.Count, before?.All.Count),
            MetricsMeasure.Of(now.All.Quantile(Median), before?.All.Quantile(Median)),
            MetricsMeasure.Of(now.All.Quantile(P85), before?.All.Quantile(P85)),
            [.. Edges.Select((edge, index) => Bin(now.All, edge, index + 1 < Edges.Length ? Edges[index + 1] : null))],
            buckets.Starts,
            now.Opened,
            now.Completed,
            Array.ConvertAll(now.Cycles, cycles => cycles.Quantile(Median)),
            Array.ConvertAll(now.Cycles, cycles => cycles.Quantile(P85)),
            InProgress(now),
            Teams(snapshot.Roster, now),
            [.. Tell(now.People, snapshot.Roster.NameOf).Take(limit)]);
    }

    private static CycleTimeBin Bin(CycleHistogram cycles, TimeSpan from, TimeSpan? to) =>
        new(from.TotalSeconds, to?.TotalSeconds, cycles.Between(CycleTimeBins.Of(from), to is { } end ? CycleTimeBins.Of(end) : int.MaxValue));

    private static long[] InProgress(TaskTally tally)
    {
        var (inProgress, open) = (new long[tally.Opened.Length], tally.InProgressBefore);
        for (var bucket = 0; bucket < inProgress.Length; bucket++)
        {
            open += tally.Opened[bucket] - tally.Closed[bucket];
            inProgress[bucket] = open;
        }

        return inProgress;
    }

    private static CycleTimeOf[] Teams(Roster roster, TaskTally tally)
    {
        var teams = new Dictionary<string, CompletedTasks>(StringComparer.Ordinal);
        foreach (var (user, tasks) in tally.People)
        {
            var team = roster.TeamOf(user);
            if (!teams.TryGetValue(team, out var sum))
            {
                teams.Add(team, sum = new());
            }

            sum.Count += tasks.Count;
            sum.Cycles.Add(tasks.Cycles);
        }

        return [.. Tell(teams, roster.NameOfTeam)];
    }

    private static IEnumerable<CycleTimeOf> Tell(Dictionary<string, CompletedTasks> tasks, Func<string, string?> nameOf) =>
        tasks
            .Where(one => one.Value.Count > 0)
            .OrderByDescending(one => one.Value.Count)
            .ThenBy(one => one.Key, KeyOrder.Instance)
            .Select(one => new CycleTimeOf(
                one.Key, nameOf(one.Key), one.Value.Count, one.Value.Cycles.Count, one.Value.Cycles.Quantile(Median), one.Value.Cycles.Quantile(P85)));
}
