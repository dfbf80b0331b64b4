using Npgsql;
using NpgsqlTypes;
using PulseBoard.Contracts;
using PulseBoard.Data;

namespace PulseBoard.Dashboard.Pipeline;

/// <summary>
/// Batches that could not be counted, as somebody lists, replays and discards them. Each statement changes rows by what they are
/// at that moment, under their locks: whatever a worker, the relay or another caller does meanwhile, a batch is replayed or not,
/// and counted once at most.
/// </summary>
internal sealed class DeadBatches(DatabaseConnections connections)
{
    private const int FirstEvents = 20;

    // However many are dead, each statement stays far below its time limit, and holds its rows for a moment only.
    private const int ReplayedAtOnce = 10_000;

    private const string Columns = "batch_id, stored_at, dead_at, discarded_at, event_count, attempts, error";

    // Ids are time-ordered, and unlike a time never the same twice: a page ends where the next one begins.
    private const string SelectPage = $"""
        SELECT {Columns}
        FROM event_batches
        WHERE dead_at IS NOT NULL AND (discarded_at IS NOT NULL) = $1 AND ($2 IS NULL OR batch_id < $2)
        ORDER BY batch_id DESC
        LIMIT $3
        """;

    private const string SelectOne = $"SELECT {Columns} FROM event_batches WHERE batch_id = $1 AND dead_at IS NOT NULL";

    private const string SelectEvents = "SELECT event_id, event_type, timestamp FROM events WHERE batch_id = $1 ORDER BY event_id LIMIT $2";

    // The relay finds it due and publishes it. Who comes second finds it no longer dead.
    private const string ReplayOne = """
        UPDATE event_batches
        SET dead_at = NULL, discarded_at = NULL, attempts = 0, error = NULL, publish_after = now()
        WHERE batch_id = $1 AND dead_at IS NOT NULL
        """;

    // In the order of their ids, so that two who replay everything wait for each other instead of deadlocking.
    private const string ReplayAll = """
        WITH dead AS MATERIALIZED (
            SELECT batch_id
            FROM event_batches
            WHERE dead_at IS NOT NULL AND discarded_at IS NULL
            ORDER BY batch_id
            LIMIT $1
            FOR UPDATE)
        UPDATE event_batches
        SET dead_at = NULL, attempts = 0, error = NULL, publish_after = now()
        FROM dead
        WHERE event_batches.batch_id = dead.batch_id
        """;

    // The row stays, and stays dead: that is what keeps the batch's events out of the rollups, also when these are recomputed.
    private const string DiscardOne = """
        UPDATE event_batches
        SET discarded_at = coalesce(discarded_at, now())
        WHERE batch_id = $1 AND dead_at IS NOT NULL
        """;

    /// <summary>A page of them, those that were stored last first.</summary>
    /// <param name="discarded">Those that somebody has given up, instead of those that nobody has.</param>
    /// <param name="before">The end of the page before, or null.</param>
    /// <param name="limit">Most batches on the page.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<PipelineDeadPage> ListAsync(bool discarded, Guid? before, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        await using var command = connection.Npgsql.CreateCommand();
        command.CommandText = SelectPage;
        command.Parameters.Add(new() { Value = discarded });
        command.Parameters.Add(new() { Value = (object?)before ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });

        // One more than asked for tells whether another page follows.
        command.Parameters.Add(new() { Value = limit + 1 });
        var batches = await ReadBatchesAsync(command, cancellationToken);
        return batches.Count > limit ? new(batches[..limit], batches[limit - 1].BatchId) : new(batches, null);
    }

    /// <summary>One of them with its first events; null when it is not dead.</summary>
    public async Task<PipelineDeadBatch?> FindAsync(Guid batchId, CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand(SelectOne, batchId);
        return await ReadBatchesAsync(command, cancellationToken) is [var batch]
            ? batch with { Events = await ReadEventsAsync(connection, batchId, cancellationToken) }
            : null;
    }

    /// <summary>Has it published again, with all of its attempts.</summary>
    /// <returns>False when it is not dead.</returns>
    public Task<bool> TryReplayAsync(Guid batchId, CancellationToken cancellationToken) => TryUpdateAsync(ReplayOne, batchId, cancellationToken);

    /// <summary>Has all of them published again, but for those that are discarded.</summary>
    /// <param name="cancellationToken">Gives up; some of them are replayed, and the next call replays the rest.</param>
    /// <returns>How many.</returns>
    public async Task<int> ReplayAllAsync(CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand(ReplayAll, ReplayedAtOnce);
        var replayed = 0;
        while (await command.ExecuteNonQueryAsync(cancellationToken) is > 0 and var slice)
        {
            replayed += slice;
        }

        return replayed;
    }

    /// <summary>Gives it up. Doing so again changes nothing.</summary>
    /// <returns>False when it is not dead.</returns>
    public Task<bool> TryDiscardAsync(Guid batchId, CancellationToken cancellationToken) => TryUpdateAsync(DiscardOne, batchId, cancellationToken);

    /// <summary>
    /// An error as it may be read by people: one line, and without what Postgres quotes of the data that it could not take
    /// (SQLSTATE class 22: <c>invalid input syntax for type integer: "…</c>).
    /// </summary>
    internal static string? WithoutData(string? error)
    {
        const string DataError = "22";

        var line = error?.Split('\n', 2)[0].TrimEnd();
        return line is not null && line.StartsWith(DataError, StringComparison.Ordinal) && line.IndexOf('"', StringComparison.Ordinal) is >= 0 and var quote
            ? $"{line[..quote]}…"
            : line;
    }

    private static async Task<List<PipelineDeadBatch>> ReadBatchesAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var batches = new List<PipelineDeadBatch>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            batches.Add(new(
                reader.GetGuid(0),
                reader.GetFieldValue<DateTimeOffset>(1),
                reader.GetFieldValue<DateTimeOffset>(2),
                reader.GetFieldValue<DateTimeOffset?>(3),
                reader.GetInt32(4),
                reader.GetInt32(5),
                await reader.IsDBNullAsync(6, cancellationToken) ? null : WithoutData(reader.GetString(6))));
        }

        return batches;
    }

    private static async Task<List<PipelineDeadEvent>> ReadEventsAsync(DatabaseConnection connection, Guid batchId, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(SelectEvents, batchId);
        command.Parameters.Add(new() { Value = FirstEvents });

        var events = new List<PipelineDeadEvent>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            events.Add(new(reader.GetGuid(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2)));
        }

        return events;
    }

    private async Task<bool> TryUpdateAsync(string sql, Guid batchId, CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand(sql, batchId);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}
