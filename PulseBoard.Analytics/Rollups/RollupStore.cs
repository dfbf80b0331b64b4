using NpgsqlTypes;
using PulseBoard.Data;

namespace PulseBoard.Analytics.Rollups;

/// <summary>Counts stored batches.</summary>
internal sealed class RollupStore(DatabaseConnections connections, TimeProvider time)
{
    private const int LongestError = 500;

    // One statement is one transaction and one round trip: the batches are closed and their rollups added, or neither.
    //
    // The gate. Whoever deletes a batch's row counts its events; whoever finds none leaves it at that. A second worker with the
    // same batch waits in FOR UPDATE for the first one's end. After a commit the row is gone, and READ COMMITTED leaves it out of
    // what "gate" returns; after a rollback, or when the relay only moved the lease, the newest version is checked again and
    // locked. What "closed" returns is therefore this worker's alone, and the sum is taken over nothing else: an id that was
    // given but is counted already has no part in it. The events of a batch were committed with its row, so whichever snapshot
    // shows the row shows them all. The upsert adds to the newest version of a rollup, also where the snapshot has an older one.
    //
    // No deadlock: gate rows are locked in the order of their ids and before anything else, then tasks and then rollups, each in the
    // order of their key, so that workers with overlapping batches, tasks or people wait for each other in one direction only. (Of
    // statements in WITH that nothing reads from, Postgres carries out the last one first.)
    //
    // The ids come to the sum as an array that is made first, not through a join: the planner knows nothing of how many rows a
    // DELETE returns, and this leaves it no other way to the events than the index on batch_id, in custom and generic plans alike.
    //
    // One statement instead of a transaction of two spares a lone batch three round trips, a third of its time (4.3 instead of
    // 6.5 ms on busy cores). A hundred batches of 30 events take as long either way: the upsert of some 2,000 rollups is all of
    // it, nearly always in place (97 % and more of the updates are HOT). A commit that does not wait for the disk would gain 3 %
    // there, and leave what a crash takes to the relay's lease: not worth it.
    //
    // The events are read once, and summed by person, type and quarter hour; days are sums of those. What the read side needs beyond
    // days is only appended: an upsert for each of its levels would cost several times the counting itself. The compactor brings it
    // there a moment later, and readers add what it has not taken yet.
    private const string CountBatches = $"""
        WITH gate AS MATERIALIZED (
            SELECT batch_id
            FROM event_batches
            WHERE batch_id = ANY ($1) AND dead_at IS NULL
            ORDER BY batch_id
            FOR UPDATE
        ), closed AS (
            DELETE FROM event_batches
            USING gate
            WHERE event_batches.batch_id = gate.batch_id
            RETURNING event_batches.batch_id, event_batches.event_count, event_batches.stored_at
        ), counted AS MATERIALIZED (
            SELECT user_id, event_type, timestamp, received_at, {RollupSql.TaskId} AS task_id
            FROM events
            WHERE batch_id = ANY (ARRAY (SELECT batch_id FROM closed))
        ), quarter_hours AS MATERIALIZED (
            SELECT {RollupSql.QuarterHoursOfEvents}, max(received_at) AS newest
            FROM counted
            GROUP BY {RollupSql.QuarterHourKey}
        ), added AS (
            INSERT INTO daily_user_metrics AS rollup (user_id, metric_date, event_count, tasks_created, tasks_completed)
            SELECT {RollupSql.DaysOfQuarterHours}
            FROM quarter_hours
            GROUP BY user_id, metric_date
            ORDER BY user_id, metric_date
            {RollupSql.AddToExisting}
        ), appended AS (
            INSERT INTO rollup_deltas (user_id, event_type, quarter_hour, events, newest)
            SELECT user_id, event_type, {RollupSql.QuarterHourNumber}, events, newest
            FROM quarter_hours
        ), {RollupSql.ChangeTasks}
        SELECT batch_id, event_count, greatest(now() - stored_at, interval '0'), first, last
        FROM closed, (SELECT min(quarter_hour) AS first, max(quarter_hour) AS last FROM quarter_hours) AS touched
        """;

    private const string RecordFailure = """
        UPDATE event_batches
        SET attempts = attempts + 1,
            error = $2,
            publish_after = now() + $3,
            dead_at = CASE WHEN attempts + 1 >= $4 THEN now() END
        WHERE batch_id = $1 AND dead_at IS NULL
        RETURNING dead_at IS NOT NULL
        """;

    /// <summary>Counts batches that were not counted yet, in one transaction.</summary>
    /// <param name="batchIds">Batches, in any order; one may stand twice, or be counted already.</param>
    /// <param name="cancellationToken">Gives up; nothing or everything is counted.</param>
    /// <returns>Those that were counted by this call.</returns>
    public async Task<CountedBatches> CountAsync(Guid[] batchIds, CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        await using var command = connection.Npgsql.CreateCommand();
        command.CommandText = CountBatches;
        command.Parameters.Add(new() { Value = batchIds, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });

        var started = time.GetTimestamp();
        var counted = new List<ClosedBatch>(batchIds.Length);
        var touched = default((DateTimeOffset, DateTimeOffset)?);
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                counted.Add(new(reader.GetGuid(0), reader.GetInt32(1), reader.GetTimeSpan(2)));
                if (!await reader.IsDBNullAsync(3, cancellationToken))
                {
                    touched = (reader.GetFieldValue<DateTimeOffset>(3), reader.GetFieldValue<DateTimeOffset>(4));
                }
            }

            // The rows come before the commit. What tells of it is the end of the answer, and an error may stand in its place.
            await reader.NextResultAsync(cancellationToken);
        }

        // Postgres says how old they were when it began, since only its clock knows when they were stored; the rest is the time
        // that it took.
        var took = time.GetElapsedTime(started);
        return new(counted.ConvertAll(batch => batch with { Age = batch.Age + took }), touched);
    }

    /// <summary>Notes that a batch could not be counted; after enough attempts it is set aside as dead.</summary>
    /// <returns>True when it is dead now.</returns>
    public async Task<bool> RecordFailureAsync(
        Guid batchId, string error, int attempts, TimeSpan pause, CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        await using var command = connection.Npgsql.CreateCommand();
        command.CommandText = RecordFailure;
        command.Parameters.Add(new() { Value = batchId });
        command.Parameters.Add(new() { Value = error.Length > LongestError ? error[..LongestError] : error });
        command.Parameters.Add(new() { Value = pause, NpgsqlDbType = NpgsqlDbType.Interval });
        command.Parameters.Add(new() { Value = attempts });
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }
}
