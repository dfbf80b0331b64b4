using PulseBoard.Contracts;

namespace PulseBoard.Analytics.Rollups;

/// <summary>What counting, recomputing and checking have in common, so that they cannot differ.</summary>
internal static class RollupSql
{
    /// <summary>
    /// Events by person, type and quarter hour, which every rollup is a sum of: from anything that has the columns of <c>events</c>,
    /// grouped by <see cref="QuarterHourKey"/>.
    /// </summary>
    public const string QuarterHoursOfEvents = $"""
        user_id, event_type, {QuarterHour} AS quarter_hour, count(*) AS events
        """;

    /// <summary>What <see cref="QuarterHoursOfEvents"/> is grouped by.</summary>
    public const string QuarterHourKey = $"user_id, event_type, {QuarterHour}";

    /// <summary>
    /// A daily rollup's key and sums from <see cref="QuarterHoursOfEvents"/>, grouped by the key. Days begin at midnight in UTC,
    /// whatever the session's time zone is.
    /// </summary>
    public const string DaysOfQuarterHours = $"""
        user_id,
               (quarter_hour AT TIME ZONE 'UTC')::date AS metric_date,
               sum(events)::bigint AS event_count,
               coalesce(sum(events) FILTER (WHERE event_type = '{ActivityTypes.TaskCreated}'), 0)::bigint AS tasks_created,
               coalesce(sum(events) FILTER (WHERE event_type = '{ActivityTypes.TaskCompleted}'), 0)::bigint AS tasks_completed
        """;

    /// <summary>The number of a quarter hour: see <c>PulseBoard.Data.Rollups.QuarterHour</c>.</summary>
    public const string QuarterHourNumber = "(extract(epoch FROM quarter_hour) / 900)::integer";

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
    /// The events of the days from $1 up to but not including $2, in UTC, that are counted: those of closed batches, which have no row
    /// in <c>event_batches</c>.
    ///
    /// It is exact in any single statement while events are stored and counted: a batch's events and its row appear in one
    /// transaction, the row goes and the rollups grow in one transaction, and a statement sees all of a transaction or nothing.
    /// </summary>
    public const string CountedEvents = """
        events
        WHERE timestamp >= $1::timestamp AT TIME ZONE 'UTC'
            AND timestamp < $2::timestamp AT TIME ZONE 'UTC'
            AND NOT EXISTS (SELECT FROM event_batches WHERE event_batches.batch_id = events.batch_id)
        """;

    /// <summary>
    /// The daily rollups of the days from $1 up to but not including $2, beside what <see cref="CountedEvents"/> give; a side that is
    /// not there is null.
    /// </summary>
    public const string CountedBesideRollups = $"""
        (
            SELECT {DaysOfQuarterHours}
            FROM (SELECT {QuarterHoursOfEvents} FROM {CountedEvents} GROUP BY {QuarterHourKey}) AS counted
            GROUP BY user_id, metric_date
        ) AS counted
        FULL JOIN (
            SELECT user_id, metric_date, event_count, tasks_created, tasks_completed
            FROM daily_user_metrics
            WHERE metric_date >= $1 AND metric_date < $2
        ) AS rollup USING (user_id, metric_date)
        """;

    /// <summary>The task that an event is about, or null.</summary>
    public const string TaskId = $"""
        CASE WHEN event_type IN ('{ActivityTypes.TaskCreated}', '{ActivityTypes.TaskCompleted}') THEN data_payload ->> 'task_id' END
        """;

    /// <summary>
    /// Two parts of a WITH: <c>changed</c> has the tasks that the events of an earlier part, <c>counted</c>, tell something new of, and
    /// <c>noted</c> notes that the rollups do not hold it yet. A task keeps whichever event is first, so these changes commute; they come
    /// in the order of the key, so that two of them wait for each other instead of deadlocking. The key is a hash, since clients' ids may
    /// be long.
    /// </summary>
    public const string ChangeTasks = $"""
        changed AS (
            INSERT INTO tasks AS task (task_key, created_at, created_by, completed_at, completed_by)
            SELECT substring(sha256(convert_to(task_id, 'UTF8')) FOR 16) AS task_key,
                   min(timestamp) FILTER (WHERE event_type = '{ActivityTypes.TaskCreated}') AS created_at,
                   (array_agg(user_id ORDER BY timestamp, user_id COLLATE "C") FILTER (WHERE event_type = '{ActivityTypes.TaskCreated}'))[1] AS created_by,
                   min(timestamp) FILTER (WHERE event_type = '{ActivityTypes.TaskCompleted}') AS completed_at,
                   (array_agg(user_id ORDER BY timestamp, user_id COLLATE "C") FILTER (WHERE event_type = '{ActivityTypes.TaskCompleted}'))[1] AS completed_by
            FROM counted
            WHERE task_id IS NOT NULL
            GROUP BY task_key
            ORDER BY task_key
            ON CONFLICT (task_key) DO UPDATE
            SET created_at = least(task.created_at, excluded.created_at),
                created_by = CASE WHEN {CreatedEarlier} THEN excluded.created_by ELSE task.created_by END,
                completed_at = least(task.completed_at, excluded.completed_at),
                completed_by = CASE WHEN {CompletedEarlier} THEN excluded.completed_by ELSE task.completed_by END
            WHERE {CreatedEarlier} OR {CompletedEarlier}
            RETURNING task_key
        ), noted AS (
            INSERT INTO task_changes (task_key)
            SELECT task_key FROM changed
        )
        """;

    private const string QuarterHour = "date_bin('15 minutes', timestamp, timestamptz 'epoch')";

    private const string CreatedEarlier = """
        coalesce((excluded.created_at, excluded.created_by COLLATE "C") < (task.created_at, task.created_by COLLATE "C"),
                 task.created_at IS NULL AND excluded.created_at IS NOT NULL)
        """;

    private const string CompletedEarlier = """
        coalesce((excluded.completed_at, excluded.completed_by COLLATE "C") < (task.completed_at, task.completed_by COLLATE "C"),
                 task.completed_at IS NULL AND excluded.completed_at IS NOT NULL)
        """;
}
