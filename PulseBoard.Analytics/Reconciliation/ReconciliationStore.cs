using System.Data;
using Microsoft.Extensions.Options;
using PulseBoard.Analytics.Compaction;
using PulseBoard.Analytics.Rollups;
using PulseBoard.Data;
using PulseBoard.Data.Rollups;

namespace PulseBoard.Analytics.Reconciliation;

/// <summary>Compares rollups with events, and remembers what came of it.</summary>
internal sealed class ReconciliationStore(DatabaseConnections connections, DerivedRollups derived, IOptions<ReconciliationOptions> options)
{
    // Of the session, not of a transaction: a check of all days takes minutes, and must not hold back vacuum meanwhile. All of a
    // check runs on the connection that has the lock, so a check that has lost the lock cannot go on.
    //
    // Postgres does not notice for long that a worker hangs between two statements or that its host is gone. The timeout ends its
    // session, and with it the lock. It is longer than the longest pause of a check.
    private static readonly string BecomeTheOnlyOne = $"""
        SELECT CASE
            WHEN pg_try_advisory_lock({AdvisoryLocks.Class}, {AdvisoryLocks.Reconciliation})
            THEN set_config('idle_session_timeout', '2min', false) IS NOT NULL
            ELSE false
        END
        """;

    // The connection goes back to its pool, where it may be idle for as long as it likes.
    private static readonly string Release = $"""
        SELECT set_config('idle_session_timeout', '0', false), pg_advisory_unlock({AdvisoryLocks.Class}, {AdvisoryLocks.Reconciliation})
        """;

    // A drift in any of the three sums is one. Summed as numeric, since what has gone wrong may be out of range as well.
    private const string Compare = $"""
        SELECT metric_date,
               coalesce(sum(counted.event_count), 0)::bigint,
               least(
                   sum(greatest(
                       abs(coalesce(counted.event_count, 0)::numeric - coalesce(rollup.event_count, 0)),
                       abs(coalesce(counted.tasks_created, 0)::numeric - coalesce(rollup.tasks_created, 0)),
                       abs(coalesce(counted.tasks_completed, 0)::numeric - coalesce(rollup.tasks_completed, 0)))),
                   9223372036854775807)::bigint
        FROM {RollupSql.CountedBesideRollups}
        GROUP BY metric_date
        ORDER BY metric_date
        """;

    private const string ReadDays = "SELECT DISTINCT metric_date FROM daily_user_metrics ORDER BY metric_date";

    private const string ReadLast = """
        SELECT now() - checked_at, drift, drifted_days
        FROM reconciliations
        ORDER BY checked_at DESC
        LIMIT 1
        """;

    private const string IsCompleteDue = "SELECT NOT EXISTS (SELECT FROM reconciliations WHERE complete AND checked_at > now() - $1)";

    private const string Record = """
        INSERT INTO reconciliations (complete, from_date, to_date, days, events, drift, drifted_days)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """;

    private const string Prune = "DELETE FROM reconciliations WHERE checked_at < now() - $1";

    private int TimeoutSeconds => (int)options.Value.Timeout.TotalSeconds;

    /// <summary>Checks that end when this is disposed of, unless another worker is at it.</summary>
    /// <returns>The connection to check on, or null.</returns>
    public async Task<DatabaseConnection?> TryBeginAsync(CancellationToken cancellationToken)
    {
        var connection = await connections.OpenAsync(cancellationToken);
        try
        {
            await using var become = connection.CreateCommand(BecomeTheOnlyOne);
            if (await become.ExecuteScalarAsync(cancellationToken) is true)
            {
                return connection;
            }
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        await connection.DisposeAsync();
        return null;
    }

    /// <summary>Lets the next worker check, and the connection be idle again.</summary>
    public static async Task EndAsync(DatabaseConnection check, CancellationToken cancellationToken)
    {
        await using var release = check.CreateCommand(Release);
        await release.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>What the last check of any worker found, or null before the first.</summary>
    public async Task<CheckResult?> ReadLastAsync(CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand(ReadLast);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new(reader.GetTimeSpan(0), reader.GetInt64(1), reader.GetFieldValue<DateOnly[]>(2))
            : null;
    }

    /// <summary>Whether all days were not checked for so long.</summary>
    public static async Task<bool> IsCompleteDueAsync(DatabaseConnection check, TimeSpan interval, CancellationToken cancellationToken)
    {
        await using var command = check.CreateCommand(IsCompleteDue, interval);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <summary>The days that have rollups, the earliest first.</summary>
    public async Task<IReadOnlyList<DateOnly>> ReadDaysAsync(DatabaseConnection check, CancellationToken cancellationToken)
    {
        // It reads all rollups there are.
        await using var command = check.CreateCommand(ReadDays);
        command.CommandTimeout = TimeoutSeconds;
        var days = new List<DateOnly>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            days.Add(reader.GetFieldValue<DateOnly>(0));
        }

        return days;
    }

    /// <summary>Compares a range of days in one statement, and so exactly, whatever is stored and counted meanwhile.</summary>
    /// <param name="check">The check.</param>
    /// <param name="from">The first day; the least date stands for the beginning of time.</param>
    /// <param name="to">The day after the last one; the greatest date stands for the end of time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The days that have events or rollups.</returns>
    public async Task<IReadOnlyList<CheckedDay>> CompareAsync(DatabaseConnection check, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        await using var command = check.CreateCommand(Compare, from, to);
        command.CommandTimeout = TimeoutSeconds;
        var days = new SortedDictionary<DateOnly, CheckedDay>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                var day = reader.GetFieldValue<DateOnly>(0);
                days.Add(day, new(day, reader.GetInt64(1), reader.GetInt64(2)));
            }
        }

        var drifts = new Dictionary<DateOnly, long>();
        await foreach (var lacking in QuarterHourComparison.ReadAsync(check, from, to, TimeoutSeconds, cancellationToken))
        {
            var day = QuarterHour.Day(lacking.QuarterHour);
            drifts[day] = drifts.GetValueOrDefault(day) + Math.Abs(lacking.Events);
        }

        // What is wrong with a day at one level is mostly wrong at the other as well.
        foreach (var (day, drift) in drifts)
        {
            var known = days.TryGetValue(day, out var found) ? found : new(day, 0, 0);
            days[day] = known with { Drift = Math.Max(known.Drift, drift) };
        }

        return [.. days.Values];
    }

    /// <summary>Compares the levels that are sums of people's quarter hours with those, for a month, in one snapshot.</summary>
    /// <returns>How many numbers differ.</returns>
    public async Task<int> CompareLevelsAsync(DatabaseConnection check, DateOnly month, CancellationToken cancellationToken)
    {
        await using var snapshot = await check.Npgsql.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        return await derived.CompareAsync(check, month, mend: false, cancellationToken);
    }

    /// <summary>Remembers a check, and forgets what is too old.</summary>
    public async Task RecordAsync(
        DatabaseConnection check, bool complete, DateOnly today, IReadOnlyList<CheckedDay> days, CheckResult result, CancellationToken cancellationToken)
    {
        await using var record = check.CreateCommand(
            Record,
            complete,
            days.Select(day => day.Day).DefaultIfEmpty(today).Min(),
            days.Select(day => day.Day).DefaultIfEmpty(today).Max(),
            days.Count,
            days.Sum(day => day.Events),
            result.Drift,
            result.DriftedDays.ToArray());
        await record.ExecuteNonQueryAsync(cancellationToken);

        await using var prune = check.CreateCommand(Prune, options.Value.Keep);
        await prune.ExecuteNonQueryAsync(cancellationToken);
    }
}
