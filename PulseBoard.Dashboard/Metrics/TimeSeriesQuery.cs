using PulseBoard.Contracts;
using PulseBoard.Dashboard.Filtering;
using PulseBoard.Dashboard.Rollups;
using PulseBoard.Data;

namespace PulseBoard.Dashboard.Metrics;

/// <summary>What a question about activity over time asks beyond the filter.</summary>
/// <param name="By">What the series are of.</param>
/// <param name="Metric">What is counted.</param>
/// <param name="Limit">How many series there are at most.</param>
internal sealed record TimeSeriesParts(string By, string Metric, int Limit);

/// <summary>Activity over time.</summary>
internal sealed class TimeSeriesQuery(DatabaseConnections connections)
{
    public Task<MetricsTimeSeries> ReadAsync(MetricsFilter filter, TimeSeriesParts parts, CancellationToken cancellationToken) =>
        RollupSnapshot.ReadAsync(
            connections,
            filter,
            withRoster: parts.By is MetricNames.ByTeam or MetricNames.ByUser,
            snapshot => ReadAsync(snapshot, filter, parts, cancellationToken),
            cancellationToken);

    /// <summary>The same from a snapshot that more is read from.</summary>
    public static async Task<MetricsTimeSeries> ReadAsync(
        RollupSnapshot snapshot, MetricsFilter filter, TimeSeriesParts parts, CancellationToken cancellationToken)
    {
        var range = Answering.RangeOf(filter);
        var buckets = TimeBuckets.Of(range, filter.Interval);
        var map = BucketMap.Of(range, buckets);
        var now = await AddUpAsync(snapshot, filter, parts, map, keys: null, cancellationToken);

        string[] keys =
        [
            .. now.Series
                .Where(series => series.Value.Total > 0)
                .OrderByDescending(series => series.Value.Total)
                .ThenBy(series => series.Key, KeyOrder.Instance)
                .Take(parts.Limit)
                .Select(series => series.Key),
        ];
        now = await ForKeysAsync(now, map);
        var (before, beforeBuckets) = (default(Sums), default(TimeBuckets));
        if (filter.Comparison is { } comparison)
        {
            beforeBuckets = TimeBuckets.Of(comparison, filter.Interval);
            var mapBefore = BucketMap.Of(comparison, beforeBuckets);
            before = await AddUpAsync(snapshot, filter, parts, mapBefore, keys, cancellationToken);
            before = await ForKeysAsync(before, mapBefore);
        }

        var (rest, restBefore) = (now.Rest(keys), before?.Rest(keys));
        var hasOther = parts.By != MetricNames.ByNone && (rest.Total != 0 || restBefore is { Total: not 0 });
        return new(
            Answering.Tell(range),
            Answering.TellOptional(filter.Comparison),
            Answering.Name(filter.Interval),
            parts.By,
            parts.Metric,
            buckets.Starts,
            beforeBuckets?.Starts,
            Array.ConvertAll(keys, key => Tell(key, NameOf(snapshot, parts.By, key), now[key], before?[key])),
            hasOther ? Tell(null, null, rest, restBefore) : null,
            Tell(null, null, now.Total, before?.Total));

        // People are many: their sums are known by now, and the numbers of the few that are shown are read for them alone.
        async Task<Sums> ForKeysAsync(Sums sums, BucketMap within) => parts.By == MetricNames.ByUser
            ? sums with { Series = (await AddUpPeopleAsync(snapshot, filter, parts, within, keys, cancellationToken)).Series }
            : sums;
    }

    private static async Task<Sums> AddUpAsync(
        RollupSnapshot snapshot, MetricsFilter filter, TimeSeriesParts parts, BucketMap map, string[]? keys, CancellationToken cancellationToken)
    {
        if (parts.Metric == MetricNames.ActivePeople)
        {
            var presence = new PresenceTally(map.Count);
            await ActivityReader.ReadAsync(snapshot, filter, map, presence, cancellationToken);
            var teams = parts.By == MetricNames.ByTeam ? presence.People.Keys.Select(snapshot.Roster.TeamOf).Distinct(StringComparer.Ordinal) : [];
            return new(
                Number.Of(presence.Count()),
                teams.ToDictionary(team => team, team => Number.Of(presence.Count(user => snapshot.Roster.TeamOf(user) == team)), StringComparer.Ordinal));
        }

        switch (parts.By)
        {
            case MetricNames.ByType:
                var types = new TypeTally(map.Count);
                await ActivityReader.ReadAsync(snapshot, filter, map, types, cancellationToken);
                return Sums.Of(map.Count, types.Types.ToDictionary(type => snapshot.TypeName(type.Key), type => Pick(type.Value, parts.Metric), StringComparer.Ordinal));

            case MetricNames.ByTeam:
                var teams = new PersonTally(map.Count, snapshot.Roster.TeamOf);
                await ActivityReader.ReadAsync(snapshot, filter, map, teams, cancellationToken);
                return Sums.Of(map.Count, teams.People.ToDictionary(team => team.Key, team => Pick(team.Value, parts.Metric), StringComparer.Ordinal));

            default:
                var overall = new OverallTally(map.Count);
                await ActivityReader.ReadAsync(snapshot, filter, map, overall, cancellationToken);
                var total = Number.Of(Pick(overall.Lanes, parts.Metric));
                if (parts.By == MetricNames.ByNone || keys is not null)
                {
                    return new(total, []);
                }

                var people = new PersonTally(buckets: 1);
                await ActivityReader.ReadAsync(snapshot, filter, BucketMap.Whole(map.Range), people, cancellationToken);
                return new(
                    total,
                    people.People.ToDictionary(person => person.Key, person => Number.Of(Pick(person.Value, parts.Metric)), StringComparer.Ordinal));
        }
    }

    private static async Task<Sums> AddUpPeopleAsync(
        RollupSnapshot snapshot, MetricsFilter filter, TimeSeriesParts parts, BucketMap map, string[] keys, CancellationToken cancellationToken)
    {
        var people = new PersonTally(map.Count);
        if (keys.Length > 0)
        {
            await ActivityReader.ReadAsync(snapshot, filter.For(keys), map, people, cancellationToken);
        }

        return Sums.Of(map.Count, people.People.ToDictionary(person => person.Key, person => Pick(person.Value, parts.Metric), StringComparer.Ordinal));
    }

    private static long[] Pick(Lanes lanes, string metric) => metric switch
    {
        MetricNames.TasksCreated => lanes.Created,
        MetricNames.TasksCompleted => lanes.Completed,
        _ => lanes.Events,
    };

    private static string? NameOf(RollupSnapshot snapshot, string by, string key) => by switch
    {
        MetricNames.ByTeam => snapshot.Roster.NameOfTeam(key),
        MetricNames.ByUser => snapshot.Roster.NameOf(key),
        _ => null,
    };

    private static MetricsSeries Tell(string? key, string? name, Number now, Number? before) =>
        new(key, name, now.Total, now.Values, before?.Total, before?.Values);

    private sealed record Number(long Total, long[] Values)
    {
        public static Number Of(long[] values) => new(values.Sum(), values);

        public static Number Of((long[] Values, long Total) counts) => new(counts.Total, counts.Values);
    }

    private sealed record Sums(Number Total, Dictionary<string, Number> Series)
    {
        public Number this[string key] => Series.GetValueOrDefault(key) ?? new(0, new long[Total.Values.Length]);

        public static Sums Of(int buckets, Dictionary<string, long[]> series)
        {
            var total = new long[buckets];
            foreach (var values in series.Values)
            {
                for (var bucket = 0; bucket < buckets; bucket++)
                {
                    total[bucket] += values[bucket];
                }
            }

            return new(Number.Of(total), series.ToDictionary(one => one.Key, one => Number.Of(one.Value), StringComparer.Ordinal));
        }

        public Number Rest(IEnumerable<string> keys)
        {
            var (total, values) = (Total.Total, (long[])Total.Values.Clone());
            foreach (var series in keys.Select(key => this[key]))
            {
                total -= series.Total;
                for (var bucket = 0; bucket < values.Length; bucket++)
                {
                    values[bucket] -= series.Values[bucket];
                }
            }

            return new(total, values);
        }
    }
}
