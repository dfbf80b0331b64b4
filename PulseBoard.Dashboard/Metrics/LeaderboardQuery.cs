using PulseBoard.Contracts;
using PulseBoard.Dashboard.Filtering;
using PulseBoard.Dashboard.Rollups;
using PulseBoard.Data;

namespace PulseBoard.Dashboard.Metrics;

/// <summary>What a question about places asks beyond the filter.</summary>
/// <param name="By">Who is ranked.</param>
/// <param name="Metric">The number.</param>
/// <param name="Limit">How many places are told at most.</param>
internal sealed record LeaderboardParts(string By, string Metric, int Limit);

/// <summary>People or teams by a number.</summary>
internal sealed class LeaderboardQuery(DatabaseConnections connections)
{
    public Task<MetricsLeaderboard> ReadAsync(MetricsFilter filter, LeaderboardParts parts, CancellationToken cancellationToken) =>
        RollupSnapshot.ReadAsync(
            connections,
            filter,
            withRoster: true,
            async snapshot =>
            {
                var (range, ranks, total) = await RankAsync(snapshot, filter, parts, cancellationToken);
                return new MetricsLeaderboard(
                    Answering.Tell(range), Answering.TellOptional(filter.Comparison), parts.Metric, parts.By, total, [.. ranks.Take(parts.Limit)]);
            },
            cancellationToken);

    /// <summary>Every place, from a snapshot that more is read from.</summary>
    public static async Task<(TimeRange Range, IEnumerable<MetricsRank> Ranks, long Total)> RankAsync(
        RollupSnapshot snapshot, MetricsFilter filter, LeaderboardParts parts, CancellationToken cancellationToken)
    {
        var range = Answering.RangeOf(filter);
        var now = Sorted(await AddUpAsync(snapshot, filter, parts, range, cancellationToken));
        var total = now.Sum(one => one.Value);
        var before = filter.Comparison is { } comparison ? Sorted(await AddUpAsync(snapshot, filter, parts, comparison, cancellationToken)) : null;
        var (ranks, ranksBefore) = (Ranks(now), before is null ? null : Ranks(before));
        var valuesBefore = before?.ToDictionary(one => one.Key, one => one.Value, StringComparer.Ordinal);
        return (range, now.Select(one => Tell(one.Key, one.Value)), total);

        MetricsRank Tell(string key, long value)
        {
            int? rankBefore = ranksBefore is not null && ranksBefore.TryGetValue(key, out var found) ? found : null;
            return new(
                ranks[key],
                key,
                parts.By == MetricNames.ByTeam ? snapshot.Roster.NameOfTeam(key) : snapshot.Roster.NameOf(key),
                parts.By == MetricNames.ByUser && snapshot.Roster.TeamOf(key) is { Length: > 0 } team ? team : null,
                value,
                (double)value / total,
                valuesBefore?.GetValueOrDefault(key),
                rankBefore,
                rankBefore - ranks[key]);
        }
    }

    private static async Task<IEnumerable<KeyValuePair<string, long>>> AddUpAsync(
        RollupSnapshot snapshot, MetricsFilter filter, LeaderboardParts parts, TimeRange range, CancellationToken cancellationToken)
    {
        Func<string, string>? keyOf = parts.By == MetricNames.ByTeam ? snapshot.Roster.TeamOf : null;
        if (parts.Metric == MetricNames.ActiveDays)
        {
            // Of a team: the days of its people together.
            var map = BucketMap.Of(range, TimeBuckets.Of(range, Interval.Day));
            var presence = new PresenceTally(map.Count);
            await ActivityReader.ReadAsync(snapshot, filter, map, presence, cancellationToken);
            return presence.People
                .GroupBy(person => keyOf is null ? person.Key : keyOf(person.Key), person => person.Value, StringComparer.Ordinal)
                .Select(days => KeyValuePair.Create(days.Key, days.Sum(one => one.Sum(bits => (long)ulong.PopCount(bits)))));
        }

        var people = new PersonTally(buckets: 1, keyOf);
        await ActivityReader.ReadAsync(snapshot, filter, BucketMap.Whole(range), people, cancellationToken);
        return people.People.Select(person => KeyValuePair.Create(person.Key, parts.Metric switch
        {
            MetricNames.TasksCreated => person.Value.Created[0],
            MetricNames.TasksCompleted => person.Value.Completed[0],
            _ => person.Value.Events[0],
        }));
    }

    private static List<KeyValuePair<string, long>> Sorted(IEnumerable<KeyValuePair<string, long>> values) =>
        [.. values.Where(one => one.Value > 0).OrderByDescending(one => one.Value).ThenBy(one => one.Key, KeyOrder.Instance)];

    private static Dictionary<string, int> Ranks(List<KeyValuePair<string, long>> sorted)
    {
        var ranks = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var place = 0; place < sorted.Count; place++)
        {
            var tied = place > 0 && sorted[place - 1].Value == sorted[place].Value;
            ranks.Add(sorted[place].Key, tied ? ranks[sorted[place - 1].Key] : place + 1);
        }

        return ranks;
    }
}
