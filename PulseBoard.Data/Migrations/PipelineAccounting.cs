using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PulseBoard.Data.Migrations;

/// <summary>What the services count, by minute and process; and dead batches that somebody has given up.</summary>
[DbContext(typeof(PulseBoardContext))]
[Migration("20261122200000_PipelineAccounting")]
internal sealed class PipelineAccounting : Migration
{
    // While ALTER TABLE waits for whoever reads the table, a dump for one, every insert waits behind it: better to give up soon,
    // and let the migrator try again. The setting ends with the transaction in which Entity Framework migrates.
    private const string LimitTheWait = "SET LOCAL lock_timeout = '2s'";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(LimitTheWait);

        // The index finds the few that are dead in the order of their ids, however many wait to be counted.
        migrationBuilder.Sql("""
            ALTER TABLE event_batches ADD COLUMN discarded_at timestamptz;
            CREATE INDEX event_batches_dead ON event_batches (batch_id) WHERE dead_at IS NOT NULL;
            """);

        // A row is written up to sixty times, once a second, and then never again: room on its page lets it stay there.
        migrationBuilder.Sql("""
            CREATE TABLE pipeline_counts (
                minute timestamptz NOT NULL,
                source uuid        NOT NULL,
                name   varchar(80) NOT NULL,
                value  bigint      NOT NULL,
                PRIMARY KEY (minute, source, name)
            ) WITH (fillfactor = 70);
            """);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(LimitTheWait);
        migrationBuilder.Sql("""
            DROP TABLE pipeline_counts;
            DROP INDEX event_batches_dead;
            ALTER TABLE event_batches DROP COLUMN discarded_at;
            """);
    }
}
