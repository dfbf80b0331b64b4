using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PulseBoard.Data.Migrations;

/// <summary>The outbox remembers the trace of each commit, so that a batch that is published late goes on in it.</summary>
[DbContext(typeof(PulseBoardContext))]
[Migration("20261122180000_BatchTraceParent")]
internal sealed class BatchTraceParent : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("ALTER TABLE event_batches ADD COLUMN trace_parent varchar(55)");

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("ALTER TABLE event_batches DROP COLUMN trace_parent");
}
