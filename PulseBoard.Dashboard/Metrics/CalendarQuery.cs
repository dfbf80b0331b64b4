using PulseBoard.Contracts;
using PulseBoard.Dashboard.Filtering;
using PulseBoard.Dashboard.Rollups;
using PulseBoard.Data;

namespace PulseBoard.Dashboard.Metrics;

/// <summary>A year day by day.</summary>
internal sealed class CalendarQuery(DatabaseConnections connections)
{
    public Task<MetricsCalendar> ReadAsync(MetricsFilter filter, CancellationToken cancellationToken) =>
        RollupSnapshot.ReadAsync(
            connections,
            filter,
            withRoster: false,
            async snapshot =>
            {
                var range = Answering.RangeOf(filter);
                var map = BucketMap.Of(range, TimeBuckets.Of(range, Interval.Day));
                var tally = new OverallTally(map.Count);
                await ActivityReader.ReadAsync(snapshot, filter, map, tally, cancellationToken);

                // A day that the zone left out has no bucket, and nothing happened on it.
                var (lanes, days, byDay) = (tally.Lanes, new MetricsDay[map.ByDay!.Length], map.ByDay);
                for (var day = 0; day < days.Length; day++)
                {
                    var (date, bucket) = (range.FirstDay.AddDays(day), byDay[day]);
                    var leftOut = day > 0 && byDay[day - 1] == bucket;
                    days[day] = leftOut ? new(date, 0, 0, 0) : new(date, lanes.Events[bucket], lanes.Created[bucket], lanes.Completed[bucket]);
                }

                return new MetricsCalendar(Answering.Tell(range), days);
            },
            cancellationToken);
}
