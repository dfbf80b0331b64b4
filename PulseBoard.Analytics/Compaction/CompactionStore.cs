using System.Buffers.Binary;
using Microsoft.Extensions.Options;
using Npgsql;
using PulseBoard.Data;
using PulseBoard.Data.Rollups;

namespace PulseBoard.Analytics.Compaction;

/// <summary>
/// Moves what was counted into the packed rollups: each call is one transaction of one worker. Readers see a delta or what it became, never
/// both and never neither, since they read both in one snapshot.
/// </summary>
internal sealed class CompactionStore(
    DatabaseConnections connections, ReportingDays days, DerivedRollups derived, IOptions<CompactionOptions> options)
{
    // Held to the end of the transaction, and so by one transaction at a time; who does not get it leaves the work to who has it.
    private static readonly string TryBecomeTheOnlyOne = $"""
        SELECT pg_try_advisory_xact_lock({AdvisoryLocks.Class}, {AdvisoryLocks.Compaction}),
               set_config('idle_in_transaction_session_timeout', '30s', true)
        """;

    private static readonly string BecomeTheOnlyOne = $"SELECT pg_advisory_xact_lock({AdvisoryLocks.Class}, {AdvisoryLocks.Compaction})";

    // As many as matter: a backlog need not be counted to its end.
    private const string CountWaiting = """
        SELECT (SELECT count(*) FROM (SELECT FROM rollup_deltas LIMIT $1) AS deltas) + (SELECT count(*) FROM (SELECT FROM task_changes LIMIT $1) AS changes)
        """;

    // Nobody else deletes them, and whatever is appended meanwhile is not in the snapshot and stays.
    private const string TakeDeltas = """
        DELETE FROM rollup_deltas
        WHERE ctid = ANY (ARRAY (SELECT ctid FROM rollup_deltas LIMIT $1))
        RETURNING user_id, event_type, quarter_hour, events, newest
        """;

    private const string RecordNewest = "UPDATE rollup_state SET newest = greatest(newest, $1)";

    private const string TakeTaskChanges = """
        DELETE FROM task_changes
        WHERE ctid = ANY (ARRAY (SELECT ctid FROM task_changes LIMIT $1))
        RETURNING task_key
        """;

    // Locked in the order of their keys, as counting does. A task that counting has changed since is seen as it is now; its note is
    // still there, and the next compaction finds no difference.
    private const string LockTasks = """
        SELECT created_at, created_by, completed_at, completed_by,
               counted_created_at, counted_created_by, counted_completed_at, counted_completed_by
        FROM tasks
        WHERE task_key = ANY ($1)
        ORDER BY task_key
        FOR UPDATE
        """;

    private const string MarkTasks = """
        UPDATE tasks
        SET counted_created_at = created_at, counted_created_by = created_by,
            counted_completed_at = completed_at, counted_completed_by = completed_by
        WHERE task_key = ANY ($1)
        """;

    // What was taken is dead weight for every reader until it is vacuumed, and the server itself comes by once a minute.
    private const string Vacuum = "VACUUM (SKIP_LOCKED) rollup_deltas, task_changes";

    // What came in since the server came by last has no entry in the index by which the newest events are found, and all of it is read by
    // each who looks for them. Not while somebody else has the table, such as a vacuum, which does it as well.
    private const string Summarize = """
        DO $$
        BEGIN
            LOCK TABLE events IN SHARE UPDATE EXCLUSIVE MODE NOWAIT;
            PERFORM brin_summarize_new_values('events_received_at');
        EXCEPTION
            WHEN lock_not_available THEN NULL;
        END $$
        """;

    private int TimeoutSeconds => (int)options.Value.Timeout.TotalSeconds;

    /// <summary>How much waits to be compacted, up to a limit.</summary>
    public async Task<long> CountWaitingAsync(int limit, CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand(CountWaiting, limit);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Compacts counts of events, up to a chunk.</summary>
    /// <returns>How many deltas; zero as well while another worker is at it.</returns>
    public Task<int> CompactActivityAsync(CancellationToken cancellationToken) => AloneAsync(CompactActivityAsync, cancellationToken);

    /// <summary>Compacts changes of tasks, up to a chunk.</summary>
    /// <returns>How many; zero as well while another worker is at it.</returns>
    public Task<int> CompactTasksAsync(CancellationToken cancellationToken) => AloneAsync(CompactTasksAsync, cancellationToken);

    /// <summary>Frees the room of what was compacted.</summary>
    public Task VacuumAsync(CancellationToken cancellationToken) => ExecuteAsync(Vacuum, cancellationToken);

    /// <summary>Puts the events that came in last into the index by which they are found.</summary>
    public Task SummarizeEventsAsync(CancellationToken cancellationToken) => ExecuteAsync(Summarize, cancellationToken);

    /// <summary>Keeps every worker from compacting until the transaction ends.</summary>
    public static async Task HoldAsync(DatabaseConnection connection, int timeoutSeconds, CancellationToken cancellationToken)
    {
        await using var become = connection.CreateCommand(BecomeTheOnlyOne);
        become.CommandTimeout = timeoutSeconds;
        await become.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand(sql);
        command.CommandTimeout = TimeoutSeconds;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<int> AloneAsync(Func<DatabaseConnection, CancellationToken, Task<int>> compact, CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        await using var transaction = await connection.Npgsql.BeginTransactionAsync(cancellationToken);
        await using var become = connection.CreateCommand(TryBecomeTheOnlyOne);
        if (await become.ExecuteScalarAsync(cancellationToken) is not true)
        {
            return 0;
        }

        var count = await compact(connection, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return count;
    }

    private async Task<int> CompactActivityAsync(DatabaseConnection connection, CancellationToken cancellationToken)
    {
        await derived.AdoptZoneAsync(connection, cancellationToken);

        var deltas = new List<(string User, string Type, int QuarterHour, long Events)>();
        var newest = default(DateTimeOffset?);
        await using (var take = connection.CreateCommand(TakeDeltas, options.Value.ChunkSize))
        {
            take.CommandTimeout = TimeoutSeconds;
            await using var reader = await take.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                deltas.Add((reader.GetString(0), reader.GetString(1), reader.GetInt32(2), reader.GetInt64(3)));
                if (!await reader.IsDBNullAsync(4, cancellationToken) && reader.GetFieldValue<DateTimeOffset>(4) is var at && !(at < newest))
                {
                    newest = at;
                }
            }
        }

        if (deltas.Count == 0)
        {
            return 0;
        }

        var types = await EventTypes.TakeAsync(connection, deltas.Select(delta => delta.Type), cancellationToken);
        var changes = new ActivityChanges(days);
        foreach (var (user, type, quarterHour, events) in deltas)
        {
            changes.Add(user, types[type], quarterHour, events);
        }

        await PackedRows.AddAsync(connection, changes.PersonQuarterHours, TimeoutSeconds, cancellationToken);
        await PackedRows.AddAsync(connection, changes.QuarterHours, TimeoutSeconds, cancellationToken);
        await PackedRows.AddDaysAsync(connection, changes.PersonTotals, changes.PersonTypes, TimeoutSeconds, cancellationToken);
        if (newest is { } received)
        {
            await using var record = connection.CreateCommand(RecordNewest, received);
            await record.ExecuteNonQueryAsync(cancellationToken);
        }

        return deltas.Count;
    }

    private async Task<int> CompactTasksAsync(DatabaseConnection connection, CancellationToken cancellationToken)
    {
        var keys = new HashSet<byte[]>(TaskKeyComparer.Instance);
        var notes = 0;
        await using (var take = connection.CreateCommand(TakeTaskChanges, options.Value.TaskChunkSize))
        {
            take.CommandTimeout = TimeoutSeconds;
            await using var reader = await take.ExecuteReaderAsync(cancellationToken);
            for (; await reader.ReadAsync(cancellationToken); notes++)
            {
                keys.Add(reader.GetFieldValue<byte[]>(0));
            }
        }

        if (notes == 0)
        {
            return 0;
        }

        var changes = new TaskChanges();
        byte[][] taken = [.. keys];
        await using (var read = connection.CreateCommand(LockTasks, (object)taken))
        {
            read.CommandTimeout = TimeoutSeconds;
            await using var reader = await read.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                changes.Add(await ReadTaskAsync(reader, 4, cancellationToken), -1);
                changes.Add(await ReadTaskAsync(reader, 0, cancellationToken), 1);
            }
        }

        await PackedRows.AddTasksAsync(connection, changes, TimeoutSeconds, cancellationToken);
        await using var mark = connection.CreateCommand(MarkTasks, (object)taken);
        mark.CommandTimeout = TimeoutSeconds;
        await mark.ExecuteNonQueryAsync(cancellationToken);
        return notes;
    }

    private static async Task<TaskTimes> ReadTaskAsync(NpgsqlDataReader reader, int column, CancellationToken cancellationToken) =>
        new(
            await reader.IsDBNullAsync(column, cancellationToken) ? null : reader.GetFieldValue<DateTimeOffset>(column),
            await reader.IsDBNullAsync(column + 1, cancellationToken) ? null : reader.GetString(column + 1),
            await reader.IsDBNullAsync(column + 2, cancellationToken) ? null : reader.GetFieldValue<DateTimeOffset>(column + 2),
            await reader.IsDBNullAsync(column + 3, cancellationToken) ? null : reader.GetString(column + 3));

    private sealed class TaskKeyComparer : IEqualityComparer<byte[]>
    {
        public static readonly TaskKeyComparer Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        // A key is a hash already.
        public int GetHashCode(byte[] obj) => BinaryPrimitives.ReadInt32LittleEndian(obj);
    }
}
