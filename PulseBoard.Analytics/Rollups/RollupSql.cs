using PulseBoard.Contracts;

namespace PulseBoard.Analytics.Rollups;

/// <summary>What counting, recomputing and checking have in common, so that they cannot differ.</summary>
internal static class RollupSql
{
    /// <summary>A rollup's key and sums from <c>events</c>, grouped by the key. Days begin at midnight in UTC, whatever the session's time zone is.</summary>
    public const string OfEvents = $"""
        user_id,
               (timestamp AT TIME ZONE 'UTC')::date AS metric_date,
               count(*) AS event_count,
               count(*) FILTER (WHERE event_type = '{ActivityTypes.TaskCreated}') AS tasks_created,
               count(*) FILTER (WHERE event_type = '{ActivityTypes.TaskCompleted}') AS tasks_completed
        """;

    /// <summary>
    /// Makes an insert into <c>daily_user_metrics AS rollup</c> an addition. It adds to the newest version of the row, so that
    /// additions commute; they come in the order of the key, so that two of them wait for each other instead of deadlocking.
    /// </summary>
    public const string AddToExisting = """
        ON CONFLICT (user_id, metric_date) DO UPDATE
        SET event_count = rollup.event_count + excluded.event_count,
            tasks_created = rollup.tasks_created + excluded.tasks_created,
            tasks_completed = rollup.tasks_completed + excluded.tasks_completed
        """;

    /// <summary>
    /// The rollups of the days from $1 up to but not including $2, beside what the events of closed batches (those without a row
    /// in <c>event_batches</c>) give; a side that is not there is null.
    ///
    /// It is exact in any single statement while events are stored and counted: a batch's events and its row appear in one
    /// transaction, the row goes and the rollups grow in one transaction, and a statement sees all of a transaction or nothing.
    /// </summary>
    public const string CountedBesideRollups = $"""
        (
            SELECT {OfEvents}
            FROM events
            WHERE timestamp >= $1::timestamp AT TIME ZONE 'UTC'
                AND timestamp < $2::timestamp AT TIME ZONE 'UTC'
                AND NOT EXISTS (SELECT FROM event_batches WHERE event_batches.batch_id = events.batch_id)
            GROUP BY user_id, metric_date
        ) AS counted
        FULL JOIN (
            SELECT user_id, metric_date, event_count, tasks_created, tasks_completed
            FROM daily_user_metrics
            WHERE metric_date >= $1 AND metric_date < $2
        ) AS rollup USING (user_id, metric_date)
        """;
}
