using Npgsql;
using NpgsqlTypes;
using PulseBoard.Contracts;
using PulseBoard.Dashboard.Caching;
using PulseBoard.Data;

namespace PulseBoard.Dashboard.Pipeline;

/// <summary>
/// What became of every event, from the rollups, the outbox and the services' counts. It is true at the moment of the question, and so it is
/// not cached; those who ask at the same time share it.
/// </summary>
internal sealed class PipelineQuery
{
    private const int RecentMinutes = 60;

    // One statement, and so one snapshot: a batch that is counted meanwhile is seen either in the outbox or in the rollups, compacted
    // or not.
    private const string SelectStored = """
        WITH waiting AS MATERIALIZED (SELECT coalesce(sum(events), 0) AS events, max(newest) AS newest FROM rollup_deltas)
        SELECT ((SELECT coalesce(sum(events), 0) FROM quarter_hours) + (SELECT events FROM waiting))::bigint AS counted,
               count(*)                      FILTER (WHERE dead_at IS NULL),
               coalesce(sum(event_count)     FILTER (WHERE dead_at IS NULL), 0),
               extract(epoch FROM now() - min(stored_at) FILTER (WHERE dead_at IS NULL))::float8,
               count(*)                      FILTER (WHERE dead_at IS NOT NULL AND discarded_at IS NULL),
               coalesce(sum(event_count)     FILTER (WHERE dead_at IS NOT NULL AND discarded_at IS NULL), 0),
               count(*)                      FILTER (WHERE discarded_at IS NOT NULL),
               coalesce(sum(event_count)     FILTER (WHERE discarded_at IS NOT NULL), 0),
               greatest((SELECT newest FROM rollup_state), (SELECT newest FROM waiting))
        FROM event_batches
        """;

    // All time, and the last hour by minute. The table has the minutes of a day and is folded beyond, so that all of it is little.
    private const string SelectCounts = """
        SELECT name, NULL::timestamptz AS minute, sum(value)::bigint, min(minute)
        FROM pipeline_counts
        GROUP BY name
        UNION ALL
        SELECT name, minute, sum(value)::bigint, minute
        FROM pipeline_counts
        WHERE minute >= $1
        GROUP BY name, minute
        """;

    private const string SelectReconciliation = """
        SELECT checked_at, complete, days, events, drift
        FROM reconciliations
        ORDER BY checked_at DESC
        LIMIT 1
        """;

    private readonly DatabaseConnections _connections;
    private readonly BrokerQueue _broker;
    private readonly TimeProvider _time;
    private readonly Coalescer<PipelineStatus> _coalescer;

    public PipelineQuery(DatabaseConnections connections, BrokerQueue broker, TimeProvider time)
    {
        (_connections, _broker, _time) = (connections, broker, time);
        _coalescer = new(() => ComputeAsync(CancellationToken.None));
    }

    /// <summary>How it is now.</summary>
    public Task<PipelineStatus> ReadAsync(CancellationToken cancellationToken) => _coalescer.GetAsync(cancellationToken);

    private async Task<PipelineStatus> ComputeAsync(CancellationToken cancellationToken)
    {
        // Both are asked at once, and Postgres is waited for: its answer is the one that matters.
        var asking = _broker.ReadAsync(cancellationToken);

        await using var connection = await _connections.OpenAsync(cancellationToken);
        var now = _time.GetUtcNow();
        var from = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute)).AddMinutes(1 - RecentMinutes);
        var stored = await ReadStoredAsync(connection.Npgsql, cancellationToken);
        var counts = await ReadCountsAsync(connection.Npgsql, from, cancellationToken);
        var reconciliation = await ReadReconciliationAsync(connection.Npgsql, cancellationToken);

        var rejected = counts.Totals
            .Where(total => total.Key.StartsWith(PipelineCounters.EventsRejectedPrefix, StringComparison.Ordinal))
            .OrderBy(total => total.Key, StringComparer.Ordinal)
            .ToDictionary(total => total.Key[PipelineCounters.EventsRejectedPrefix.Length..], total => total.Value, StringComparer.Ordinal);
        var (duplicates, rejectedEvents) = (counts[PipelineCounters.EventsDuplicate], rejected.Values.Sum());
        var storedEvents = stored.Counted + stored.Outbox.PendingEvents + stored.Outbox.DeadEvents + stored.Outbox.DiscardedEvents;
        var committed = counts[PipelineCounters.BatchesCommitted];
        return new(
            now,
            counts.Since,
            new(
                storedEvents + duplicates + rejectedEvents,
                storedEvents,
                duplicates,
                rejectedEvents,
                rejected,
                storedEvents,
                stored.Counted,
                stored.Outbox.PendingEvents,
                stored.Outbox.DeadEvents,
                stored.Outbox.DiscardedEvents),
            new(committed, Mean(counts[PipelineCounters.BatchesEvents], committed), MeanSeconds(counts[PipelineCounters.CommitMicroseconds], committed)),
            new(
                counts[PipelineCounters.PublishConfirmed],
                counts[PipelineCounters.PublishFailed],
                counts[PipelineCounters.PublishDropped],
                counts[PipelineCounters.PublishRelayed]),
            stored.Outbox,
            new(
                stored.Counted,
                counts[PipelineCounters.RollupsBatches],
                counts[PipelineCounters.RollupsRepeated],
                counts[PipelineCounters.RollupsFailed],
                MeanSeconds(
                    counts.Recent(name => name == PipelineCounters.RollupsLagMicroseconds).Sum(),
                    counts.Recent(name => name == PipelineCounters.RollupsBatches).Sum()),
                stored.Newest,
                stored.Newest is { } newest ? Math.Max(0, (now - newest).TotalSeconds) : null),
            await asking,
            Cache(counts),
            reconciliation,
            new(
                from,
                counts.Recent(name => name == PipelineCounters.EventsAccepted),
                counts.Recent(name => name == PipelineCounters.EventsDuplicate),
                counts.Recent(name => name.StartsWith(PipelineCounters.EventsRejectedPrefix, StringComparison.Ordinal)),
                counts.Recent(name => name == PipelineCounters.RollupsEvents)));
    }

    private static async Task<(long Counted, PipelineOutbox Outbox, DateTimeOffset? Newest)> ReadStoredAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = SelectStored;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (
            reader.GetInt64(0),
            new(
                reader.GetInt64(1),
                reader.GetInt64(2),
                await reader.IsDBNullAsync(3, cancellationToken) ? null : Math.Max(0, reader.GetDouble(3)),
                reader.GetInt64(4),
                reader.GetInt64(5),
                reader.GetInt64(6),
                reader.GetInt64(7)),
            await reader.IsDBNullAsync(8, cancellationToken) ? null : reader.GetFieldValue<DateTimeOffset>(8));
    }

    private static async Task<Counts> ReadCountsAsync(NpgsqlConnection connection, DateTimeOffset from, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = SelectCounts;
        command.Parameters.Add(new() { Value = from, NpgsqlDbType = NpgsqlDbType.TimestampTz });

        var counts = new Counts(from);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var (name, value, minute) = (reader.GetString(0), reader.GetInt64(2), reader.GetFieldValue<DateTimeOffset>(3));
            if (await reader.IsDBNullAsync(1, cancellationToken))
            {
                counts.AddTotal(name, value, minute);
            }
            else
            {
                counts.AddRecent(name, value, minute);
            }
        }

        return counts;
    }

    private static async Task<PipelineReconciliation?> ReadReconciliationAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = SelectReconciliation;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new(reader.GetFieldValue<DateTimeOffset>(0), reader.GetBoolean(1), reader.GetInt32(2), reader.GetInt64(3), reader.GetInt64(4))
            : null;
    }

    private static PipelineCache Cache(Counts counts)
    {
        var (hits, misses) = (counts[PipelineCounters.CacheHit], counts[PipelineCounters.CacheMiss]);
        var (errors, stale) = (counts[PipelineCounters.CacheError], counts[PipelineCounters.CacheStale]);
        return new(hits, misses, errors, stale, Mean(hits + stale, hits + misses + errors + stale));
    }

    private static double? Mean(long sum, long count) => count == 0 ? null : (double)sum / count;

    private static double? MeanSeconds(long microseconds, long count) =>
        Mean(microseconds, count) is { } mean ? TimeSpan.FromMicroseconds(mean).TotalSeconds : null;

    private sealed class Counts(DateTimeOffset from)
    {
        private readonly Dictionary<string, long> _totals = new(StringComparer.Ordinal);
        private readonly List<(string Name, int Minute, long Value)> _recent = [];

        public IReadOnlyDictionary<string, long> Totals => _totals;

        public DateTimeOffset? Since { get; private set; }

        public long this[string name] => _totals.GetValueOrDefault(name);

        public void AddTotal(string name, long value, DateTimeOffset first)
        {
            _totals[name] = value;
            Since = Since < first ? Since : first;
        }

        public void AddRecent(string name, long value, DateTimeOffset minute) =>
            _recent.Add((name, (int)(minute - from).TotalMinutes, value));

        public long[] Recent(Predicate<string> isMeant)
        {
            var minutes = new long[RecentMinutes];

            // The clock of the process that counted may be ahead of this one.
            foreach (var (_, minute, value) in _recent.Where(count => isMeant(count.Name)))
            {
                minutes[Math.Min(minute, RecentMinutes - 1)] += value;
            }

            return minutes;
        }
    }
}
