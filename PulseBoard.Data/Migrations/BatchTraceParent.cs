using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PulseBoard.Data.Migrations;

/// <summary>The outbox remembers the trace of each commit, so that a batch that is published late goes on in it.</summary>
[DbContext(typeof(PulseBoardContext))]
[Migration("20261122180000_BatchTraceParent")]
internal sealed class BatchTraceParent : Migration
{
    // While ALTER TABLE waits for whoever reads the table, a dump for one, every insert waits behind it: better to give up soon,
    // and let the migrator try again. The setting ends with the transaction in which Entity Framework migrates.
    private const string LimitTheWait = "SET LOCAL lock_timeout = '2s'";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(LimitTheWait);
        migrationBuilder.Sql("ALTER TABLE event_batches ADD COLUMN trace_parent varchar(55)");
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(LimitTheWait);
        migrationBuilder.Sql("ALTER TABLE event_batches DROP COLUMN trace_parent");
    }
}
