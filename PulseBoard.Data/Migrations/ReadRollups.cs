using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PulseBoard.Data.Migrations;

/// <summary>The rollups of the read side: deltas, what they are compacted into, and tasks.</summary>
[DbContext(typeof(PulseBoardContext))]
[Migration("20261126200000_ReadRollups")]
internal sealed class ReadRollups : Migration
{
    // While CREATE INDEX waits for whoever writes to the table, every count waits behind it: better to give up soon, and let the
    // migrator try again. The setting ends with the transaction in which Entity Framework migrates.
    private const string LimitTheWait = "SET LOCAL lock_timeout = '2s'";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(LimitTheWait);

        // What is counted and not compacted yet. No index: it is appended to, read whole, and emptied every few seconds, and so
        // vacuumed early.
        migrationBuilder.Sql("""
            CREATE TABLE rollup_deltas (
                user_id      varchar(100) NOT NULL,
                event_type   varchar(50)  NOT NULL,
                quarter_hour integer      NOT NULL,
                events       bigint       NOT NULL,
                newest       timestamptz
            ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000,
                    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = -1);
            """);

        // Packed: see PulseBoard.Data.Rollups.Cells. Rows stay in one piece up to a page, and are not compressed: what is read most is
        // read as it lies, and packed numbers hardly shrink. Each compaction writes them anew, hence the room on the page.
        migrationBuilder.Sql("""
            CREATE TABLE event_types (
                type_id    integer     PRIMARY KEY,
                event_type varchar(50) NOT NULL UNIQUE
            );
            INSERT INTO event_types VALUES (1, 'task_created'), (2, 'task_completed');

            CREATE TABLE quarter_hours (
                day    date   PRIMARY KEY,
                events bigint NOT NULL,
                cells  bytea  NOT NULL
            ) WITH (fillfactor = 50, toast_tuple_target = 8160);
            ALTER TABLE quarter_hours ALTER cells SET STORAGE EXTERNAL;

            CREATE TABLE person_quarter_hours (
                month   date         NOT NULL,
                user_id varchar(100) COLLATE "C" NOT NULL,
                cells   bytea        NOT NULL,
                PRIMARY KEY (month, user_id)
            ) WITH (fillfactor = 70, toast_tuple_target = 8160);
            ALTER TABLE person_quarter_hours ALTER cells SET STORAGE EXTERNAL;

            CREATE TABLE person_days (
                month   date         NOT NULL,
                user_id varchar(100) COLLATE "C" NOT NULL,
                totals  bytea        NOT NULL,
                types   bytea        NOT NULL,
                PRIMARY KEY (month, user_id)
            ) WITH (fillfactor = 70, toast_tuple_target = 8160);
            ALTER TABLE person_days ALTER totals SET STORAGE EXTERNAL, ALTER types SET STORAGE EXTERNAL;

            CREATE TABLE rollup_state (
                only_row       boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
                reporting_zone text        NOT NULL,
                newest         timestamptz
            );
            INSERT INTO rollup_state (reporting_zone) VALUES ('UTC');
            """);

        // The key is a hash of the client's task id, which may be long. What the rollups hold of a task stands beside what is known
        // of it, so that whoever compacts adds the difference.
        migrationBuilder.Sql("""
            CREATE TABLE tasks (
                task_key             bytea PRIMARY KEY,
                created_at           timestamptz,
                created_by           varchar(100),
                completed_at         timestamptz,
                completed_by         varchar(100),
                counted_created_at   timestamptz,
                counted_created_by   varchar(100),
                counted_completed_at timestamptz,
                counted_completed_by varchar(100)
            ) WITH (fillfactor = 70);

            CREATE TABLE task_changes (
                task_key bytea NOT NULL
            ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000,
                    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = -1);

            CREATE TABLE person_tasks (
                month              date         NOT NULL,
                user_id            varchar(100) COLLATE "C" NOT NULL,
                in_progress_change bigint       NOT NULL,
                flow               bytea        NOT NULL,
                cycles             bytea        NOT NULL,
                PRIMARY KEY (month, user_id)
            ) WITH (fillfactor = 70, toast_tuple_target = 8160);
            ALTER TABLE person_tasks ALTER flow SET STORAGE EXTERNAL, ALTER cycles SET STORAGE EXTERNAL;
            """);

        // The checks read it by day.
        migrationBuilder.Sql("CREATE INDEX daily_user_metrics_metric_date ON daily_user_metrics (metric_date)");

        // What was counted before. A worker of the version before may count while this runs, so every day is recomputed as well.
        migrationBuilder.Sql("""
            INSERT INTO rollup_deltas (user_id, event_type, quarter_hour, events, newest)
            SELECT user_id, event_type, (extract(epoch FROM quarter_hour) / 900)::integer, count(*), max(received_at)
            FROM (
                SELECT user_id, event_type, date_bin('15 minutes', timestamp, timestamptz 'epoch') AS quarter_hour, received_at
                FROM events
                WHERE NOT EXISTS (SELECT FROM event_batches WHERE event_batches.batch_id = events.batch_id)) AS counted
            GROUP BY user_id, event_type, quarter_hour;

            INSERT INTO tasks (task_key, created_at, created_by, completed_at, completed_by)
            SELECT substring(sha256(convert_to(data_payload ->> 'task_id', 'UTF8')) FOR 16),
                   min(timestamp) FILTER (WHERE event_type = 'task_created'),
                   (array_agg(user_id ORDER BY timestamp, user_id COLLATE "C") FILTER (WHERE event_type = 'task_created'))[1],
                   min(timestamp) FILTER (WHERE event_type = 'task_completed'),
                   (array_agg(user_id ORDER BY timestamp, user_id COLLATE "C") FILTER (WHERE event_type = 'task_completed'))[1]
            FROM events
            WHERE event_type IN ('task_created', 'task_completed')
                AND data_payload ->> 'task_id' IS NOT NULL
                AND NOT EXISTS (SELECT FROM event_batches WHERE event_batches.batch_id = events.batch_id)
            GROUP BY 1;
            INSERT INTO task_changes SELECT task_key FROM tasks;

            INSERT INTO recomputations (recomputation_id, from_date, to_date, next_date)
            SELECT gen_random_uuid(), min(metric_date), max(metric_date), min(metric_date)
            FROM daily_user_metrics
            HAVING count(*) > 0;
            """);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(LimitTheWait);
        migrationBuilder.Sql("DROP INDEX daily_user_metrics_metric_date");
        migrationBuilder.Sql("""
            DROP TABLE rollup_deltas, event_types, quarter_hours, person_quarter_hours, person_days, rollup_state,
                       tasks, task_changes, person_tasks
            """);
    }
}
