using Microsoft.Extensions.Options;
using PulseBoard.Analytics.Compaction;
using PulseBoard.Analytics.Rollups;
using PulseBoard.Data;
using PulseBoard.Data.Rollups;

namespace PulseBoard.Analytics.Recomputation;

/// <summary>Requests for recomputation, and the work itself: one day in each transaction, by one worker at a time.</summary>
internal sealed class RecomputationStore(DatabaseConnections connections, DerivedRollups derived, IOptions<RecomputationOptions> options)
{
    private const int LongestError = 500;

    // One after the other, in the order in which they were asked for.
    private const string FindNext = """
        SELECT recomputation_id
        FROM recomputations
        WHERE finished_at IS NULL
        ORDER BY requested_at, recomputation_id
        LIMIT 1
        """;

    private const string Start = "UPDATE recomputations SET started_at = now() WHERE recomputation_id = $1 AND started_at IS NULL";

    // The lease is the transaction: the lock and the request's row are held until the day is committed with the progress, and
    // Postgres gives both free when the worker's connection ends. So the day that a killed worker was at is done again from the
    // start by the next one, and no other day is. A worker that hangs amid its transaction loses it to the timeout.
    private static readonly string BecomeTheOnlyOne = $"""
        SELECT pg_try_advisory_xact_lock({AdvisoryLocks.Class}, {AdvisoryLocks.Recomputation}),
               set_config('idle_in_transaction_session_timeout', '30s', true)
        """;

    private const string TakeDay = """
        SELECT next_date, next_date = to_date
        FROM recomputations
        WHERE recomputation_id = $1 AND finished_at IS NULL
        FOR UPDATE SKIP LOCKED
        """;

    // No reader sees less than there was, and counting waits for nothing but the rollups that are mended: from the moment one is
    // written until the day is committed its row is locked, and a batch of that person and day waits with all of its transaction.
    // Mostly that is for moments, since few rollups are wrong; where all of a large day are, it is for as long as it takes to write
    // them.
    //
    // In the statement's snapshot each rollup lacks some amount, nearly always none; counting adds to rollup and closed events alike
    // and so leaves that amount as it is. Adding it is therefore right whenever it is committed, whatever was counted since the
    // snapshot. Nobody else changes it meanwhile: the lock was taken by an earlier statement, so the snapshot shows what the
    // recomputation before this one did.
    //
    // To write absolute values, counting would have to wait from before the snapshot until after the commit: for as long as a
    // day's events take to read, a second and more for a million.
    //
    // Rollups that are right are not written at all. Those that no event backs become zero, and are locked by this transaction
    // when the next statement deletes them; until the commit readers see what was.
    private const string MendDay = $"""
        WITH lacking AS MATERIALIZED (
            SELECT user_id,
                   metric_date,
                   coalesce(counted.event_count, 0) - coalesce(rollup.event_count, 0) AS event_count,
                   coalesce(counted.tasks_created, 0) - coalesce(rollup.tasks_created, 0) AS tasks_created,
                   coalesce(counted.tasks_completed, 0) - coalesce(rollup.tasks_completed, 0) AS tasks_completed
            FROM {RollupSql.CountedBesideRollups}
            WHERE (counted.event_count, counted.tasks_created, counted.tasks_completed)
                IS DISTINCT FROM (rollup.event_count, rollup.tasks_created, rollup.tasks_completed)
        ), mended AS (
            INSERT INTO daily_user_metrics AS rollup (user_id, metric_date, event_count, tasks_created, tasks_completed)
            SELECT user_id, metric_date, event_count, tasks_created, tasks_completed
            FROM lacking
            ORDER BY user_id, metric_date
            {RollupSql.AddToExisting}
            RETURNING user_id, event_count
        )
        SELECT count(*)::integer, coalesce(array_agg(user_id) FILTER (WHERE event_count = 0), '{"{}"}') FROM mended
        """;

    private const string DeleteUnbacked = "DELETE FROM daily_user_metrics WHERE metric_date = $1 AND user_id = ANY ($2) AND event_count = 0";

    // What quarter hours lack is appended like any count, and compacted like it.
    private const string AppendLacking = """
        INSERT INTO rollup_deltas (user_id, event_type, quarter_hour, events)
        SELECT * FROM unnest($1::text[], $2::text[], $3::integer[], $4::bigint[])
        """;

    // Tasks keep whichever event is first, so those of the day are added again. An event that is gone from the table is not taken back.
    private const string MendTasks = $"""
        WITH counted AS (
            SELECT user_id, event_type, timestamp, {RollupSql.TaskId} AS task_id FROM {RollupSql.CountedEvents}
        ), {RollupSql.ChangeTasks}
        SELECT count(*)::integer FROM changed
        """;

    private const string Progress = """
        UPDATE recomputations
        SET next_date = next_date + 1,
            rows_changed = rows_changed + $2,
            attempts = 0,
            error = NULL,
            finished_at = CASE WHEN next_date = to_date THEN clock_timestamp() END
        WHERE recomputation_id = $1
        RETURNING finished_at IS NOT NULL
        """;

    private const string RecordFailure = """
        UPDATE recomputations
        SET attempts = attempts + 1,
            error = $2,
            finished_at = CASE WHEN attempts + 1 >= $3 THEN now() END
        WHERE recomputation_id = $1 AND finished_at IS NULL
        RETURNING finished_at IS NOT NULL
        """;

    private int DaySeconds => (int)options.Value.DayTimeout.TotalSeconds;

    /// <summary>The request whose turn it is, or null; it says from here on that it has started.</summary>
    public async Task<Guid?> FindNextAsync(CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        await using var find = connection.CreateCommand(FindNext);
        if (await find.ExecuteScalarAsync(cancellationToken) is not Guid id)
        {
            return null;
        }

        await using var start = connection.CreateCommand(Start, id);
        await start.ExecuteNonQueryAsync(cancellationToken);
        return id;
    }

    /// <summary>Mends the rollups of a request's next day.</summary>
    /// <param name="id">The request.</param>
    /// <param name="cancellationToken">Gives up; the day is mended or as it was.</param>
    /// <returns>Null when another worker is at it, or the request is finished.</returns>
    public async Task<MendedDay?> MendNextDayAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        await using var transaction = await connection.Npgsql.BeginTransactionAsync(cancellationToken);

        await using var become = connection.CreateCommand(BecomeTheOnlyOne);
        if (await become.ExecuteScalarAsync(cancellationToken) is not true
            || await TakeDayAsync(connection, id, cancellationToken) is not var (day, last))
        {
            return null;
        }

        // The levels above are looked at once a month, with compaction held: before anything that compaction waits for is locked.
        var endsMonth = last || day.AddDays(1).Day == 1;
        if (endsMonth)
        {
            await CompactionStore.HoldAsync(connection, DaySeconds, cancellationToken);
        }

        // Tasks before rollups, as counting locks them.
        var changed = await MendTasksAsync(connection, day, cancellationToken);
        var (rollups, unbacked) = await MendAsync(connection, day, cancellationToken);
        if (unbacked.Length > 0)
        {
            await using var delete = connection.CreateCommand(DeleteUnbacked, day, unbacked);
            delete.CommandTimeout = DaySeconds;
            await delete.ExecuteNonQueryAsync(cancellationToken);
        }

        changed += rollups + await MendQuarterHoursAsync(connection, day, cancellationToken);
        if (endsMonth)
        {
            changed += await derived.CompareAsync(connection, QuarterHour.MonthOf(day), mend: true, cancellationToken);
        }

        await using var progress = connection.CreateCommand(Progress, id, changed);
        var finished = await progress.ExecuteScalarAsync(cancellationToken) is true;
        await transaction.CommitAsync(cancellationToken);
        return new(day, changed, finished);
    }

    /// <summary>Notes that a day could not be mended; after enough attempts its request is given up.</summary>
    /// <returns>True when it is given up now.</returns>
    public async Task<bool> RecordFailureAsync(Guid id, string error, CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand(
            RecordFailure, id, error.Length > LongestError ? error[..LongestError] : error, options.Value.Attempts);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    private static async Task<(DateOnly Day, bool Last)?> TakeDayAsync(DatabaseConnection connection, Guid id, CancellationToken cancellationToken)
    {
        await using var take = connection.CreateCommand(TakeDay, id);
        await using var reader = await take.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetFieldValue<DateOnly>(0), reader.GetBoolean(1)) : null;
    }

    private async Task<int> MendQuarterHoursAsync(DatabaseConnection connection, DateOnly day, CancellationToken cancellationToken)
    {
        var lacking = new List<LackingEvents>();
        await foreach (var events in QuarterHourComparison.ReadAsync(connection, day, day.AddDays(1), DaySeconds, cancellationToken))
        {
            lacking.Add(events);
        }

        if (lacking.Count > 0)
        {
            await using var append = connection.CreateCommand(
                AppendLacking,
                lacking.ConvertAll(events => events.User),
                lacking.ConvertAll(events => events.Type),
                lacking.ConvertAll(events => events.QuarterHour),
                lacking.ConvertAll(events => events.Events));
            append.CommandTimeout = DaySeconds;
            await append.ExecuteNonQueryAsync(cancellationToken);
        }

        return lacking.Count;
    }

    private async Task<int> MendTasksAsync(DatabaseConnection connection, DateOnly day, CancellationToken cancellationToken)
    {
        await using var mend = connection.CreateCommand(MendTasks, day, day.AddDays(1));
        mend.CommandTimeout = DaySeconds;
        return (int)(await mend.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task<(int Changed, string[] Unbacked)> MendAsync(DatabaseConnection connection, DateOnly day, CancellationToken cancellationToken)
    {
        await using var mend = connection.CreateCommand(MendDay, day, day.AddDays(1));
        mend.CommandTimeout = DaySeconds;
        await using var reader = await mend.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt32(0), reader.GetFieldValue<string[]>(1));
    }
}
