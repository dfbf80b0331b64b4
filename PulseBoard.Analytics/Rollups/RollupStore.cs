using Npgsql;
using NpgsqlTypes;
using PulseBoard.Contracts;
using PulseBoard.Data;

namespace PulseBoard.Analytics.Rollups;

/// <summary>Counts stored batches: the one place where rollups are written.</summary>
internal sealed class RollupStore(DatabaseConnections connections)
{
    private const int LongestError = 500;

    // The gate. Whoever deletes a batch's row counts its events, in the same transaction; whoever finds none leaves it at that.
    // A second worker with the same batch waits here for the first one's commit (and then finds nothing) or rollback (and then
    // it is the one). Rows are locked in the order of their ids, so that two workers with overlapping groups do not deadlock.
    private const string CloseBatches = """
        DELETE FROM event_batches
        USING (
            SELECT batch_id
            FROM event_batches
            WHERE batch_id = ANY ($1) AND dead_at IS NULL
            ORDER BY batch_id
            FOR UPDATE) AS gate
        WHERE event_batches.batch_id = gate.batch_id
        RETURNING event_batches.batch_id, event_batches.event_count, greatest(clock_timestamp() - event_batches.stored_at, interval '0')
        """;

    // Upserted in the order of the key, so that two workers that count the same people wait for each other instead of
    // deadlocking. Days begin at midnight in UTC whatever the session's time zone is.
    private const string AddRollups = $"""
        INSERT INTO daily_user_metrics AS rollup (user_id, metric_date, event_count, tasks_created, tasks_completed)
        SELECT user_id,
               (timestamp AT TIME ZONE 'UTC')::date AS metric_date,
               count(*),
               count(*) FILTER (WHERE event_type = '{ActivityTypes.TaskCreated}'),
               count(*) FILTER (WHERE event_type = '{ActivityTypes.TaskCompleted}')
        FROM events
        WHERE batch_id = ANY ($1)
        GROUP BY user_id, metric_date
        ORDER BY user_id, metric_date
        ON CONFLICT (user_id, metric_date) DO UPDATE
        SET event_count = rollup.event_count + excluded.event_count,
            tasks_created = rollup.tasks_created + excluded.tasks_created,
            tasks_completed = rollup.tasks_completed + excluded.tasks_completed
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
    public async Task<IReadOnlyList<ClosedBatch>> CountAsync(Guid[] batchIds, CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        await using var transaction = await connection.Npgsql.BeginTransactionAsync(cancellationToken);

        var closed = await CloseAsync(connection.Npgsql, batchIds, cancellationToken);
        if (closed.Count > 0)
        {
            await using var add = connection.Npgsql.CreateCommand();
            add.CommandText = AddRollups;
            add.Parameters.Add(BatchIds([.. closed.Select(batch => batch.BatchId)]));
            await add.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return closed;
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

    private static async Task<List<ClosedBatch>> CloseAsync(NpgsqlConnection connection, Guid[] batchIds, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = CloseBatches;
        command.Parameters.Add(BatchIds(batchIds));

        var closed = new List<ClosedBatch>(batchIds.Length);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            closed.Add(new(reader.GetGuid(0), reader.GetInt32(1), reader.GetTimeSpan(2)));
        }

        return closed;
    }

    private static NpgsqlParameter BatchIds(Guid[] batchIds) =>
        new() { Value = batchIds, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid };
}
