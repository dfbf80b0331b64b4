using PulseBoard.Contracts;
using PulseBoard.Dashboard.Filtering;
using PulseBoard.Dashboard.Rollups;
using PulseBoard.Data;

namespace PulseBoard.Dashboard.Metrics;

/// <summary>When in the week a team works.</summary>
internal sealed class HeatmapQuery(DatabaseConnections connections)
{
    private const int Hours = 24;

    public Task<MetricsHeatmap> ReadAsync(MetricsFilter filter, CancellationToken cancellationToken) =>
        RollupSnapshot.ReadAsync(connections, filter, withRoster: false, snapshot => ReadAsync(snapshot, filter, cancellationToken), cancellationToken);

    /// <summary>The same from a snapshot that more is read from.</summary>
    public static async Task<MetricsHeatmap> ReadAsync(RollupSnapshot snapshot, MetricsFilter filter, CancellationToken cancellationToken)
    {
        var range = Answering.RangeOf(filter);
        var map = BucketMap.OfWeekHours(range);
        var tally = new OverallTally(map.Count);
        await ActivityReader.ReadAsync(snapshot, filter, map, tally, cancellationToken);
        var events = tally.Lanes.Events;
        return new(Answering.Tell(range), events.Sum(), events.Max(), [.. events.Chunk(Hours)]);
    }
}
