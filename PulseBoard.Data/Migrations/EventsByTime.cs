using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PulseBoard.Data.Migrations;

/// <summary>Ways to the events of a few minutes; the second was replaced by <see cref="EventsOutOfTime"/>.</summary>
[DbContext(typeof(PulseBoardContext))]
[Migration("20261126230000_EventsByTime")]
internal sealed class EventsByTime : Migration
{
    // While CREATE INDEX waits for whoever writes to the table, every insert waits behind it: better to give up soon, and let the
    // migrator try again. The setting ends with the transaction in which Entity Framework migrates.
    private const string LimitTheWait = "SET LOCAL lock_timeout = '2s'";

    private const string OutOfTime = "(received_at - timestamp < -interval '5 minutes' OR received_at - timestamp > interval '5 minutes')";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(LimitTheWait);

        // The index on the time itself is of no use to a page of a list: one event in a hundred that came late makes it read the whole
        // stretch of the table in which it lies. An hour of 12.7 million events took it 15,700 pages, of which 180 had been enough.
        migrationBuilder.Sql($"""
            CREATE INDEX events_received_at ON events USING brin (received_at) WITH (pages_per_range = 64, autosummarize = on);
            CREATE INDEX events_out_of_time ON events (timestamp) WHERE {OutOfTime};
            """);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(LimitTheWait);
        migrationBuilder.Sql("DROP INDEX events_received_at, events_out_of_time");
    }
}
