using PulseBoard.Contracts;
using PulseBoard.Dashboard.Filtering;
using PulseBoard.Dashboard.Rollups;
using PulseBoard.Data;

namespace PulseBoard.Dashboard.Metrics;

/// <summary>What a team did, in a few numbers.</summary>
internal sealed class TotalsQuery(DatabaseConnections connections)
{
    private const double Median = 0.5;

    public Task<MetricsTotals> ReadAsync(MetricsFilter filter, CancellationToken cancellationToken) =>
        RollupSnapshot.ReadAsync(connections, filter, withRoster: false, snapshot => ReadAsync(snapshot, filter, cancellationToken), cancellationToken);

    /// <summary>The same from a snapshot that more is read from.</summary>
    public static async Task<MetricsTotals> ReadAsync(RollupSnapshot snapshot, MetricsFilter filter, CancellationToken cancellationToken)
    {
        var range = Answering.RangeOf(filter);
        var now = await AddUpAsync(snapshot, filter, range, cancellationToken);
        var before = filter.Comparison is { } comparison ? await AddUpAsync(snapshot, filter, comparison, cancellationToken) : null;
        return new(
            Answering.Tell(range),
            Answering.TellOptional(filter.Comparison),
            MetricsMeasure.Of(now.Events, before?.Events),
            MetricsMeasure.Of(now.Created, before?.Created),
            MetricsMeasure.Of(now.Completed, before?.Completed),
            MetricsMeasure.Of(Rate(now), before is null ? null : Rate(before)),
            MetricsMeasure.Of(now.People, before?.People),
            MetricsMeasure.Of(now.MedianCycle, before?.MedianCycle));
    }

    private static async Task<Sums> AddUpAsync(RollupSnapshot snapshot, MetricsFilter filter, TimeRange range, CancellationToken cancellationToken)
    {
        var map = BucketMap.Whole(range);
        var people = new PersonTally(map.Count);
        await ActivityReader.ReadAsync(snapshot, filter, map, people, cancellationToken);
        var tasks = new TaskTally(map.Count, needsDetails: false);
        await TaskReader.ReadAsync(snapshot, filter, map, tasks, cancellationToken);

        var sums = new Sums { MedianCycle = tasks.All.Quantile(Median) };
        foreach (var lanes in people.People.Values)
        {
            sums.Events += lanes.Events[0];
            sums.Created += lanes.Created[0];
            sums.Completed += lanes.Completed[0];
            sums.People += lanes.Events[0] > 0 ? 1 : 0;
        }

        return sums;
    }

    private static double? Rate(Sums sums) => sums.Created == 0 ? null : (double)sums.Completed / sums.Created;

    private sealed class Sums
    {
        public long Events { get; set; }

        public long Created { get; set; }

        public long Completed { get; set; }

        public long People { get; set; }

        public double? MedianCycle { get; init; }
    }
}
