using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PulseBoard.Data.Migrations;

/// <summary>A way to events that came late or too early, by narrower bounds than before: see <see cref="EventTimes"/>.</summary>
[DbContext(typeof(PulseBoardContext))]
[Migration("20261127003000_EventsOutOfTime")]
internal sealed class EventsOutOfTime : Migration
{
    // See EventsByTime.
    private const string LimitTheWait = "SET LOCAL lock_timeout = '2s'";

    private const string Before = "(received_at - timestamp < -interval '5 minutes' OR received_at - timestamp > interval '5 minutes')";

    // Whoever looked for the newest event read all that had come in within five minutes: at 17,000 events a second some five million.
    protected override void Up(MigrationBuilder migrationBuilder) => Replace(migrationBuilder, EventTimes.OutOfTime);

    protected override void Down(MigrationBuilder migrationBuilder) => Replace(migrationBuilder, Before);

    private static void Replace(MigrationBuilder migrationBuilder, string condition)
    {
        migrationBuilder.Sql(LimitTheWait);
        migrationBuilder.Sql($"""
            DROP INDEX events_out_of_time;
            CREATE INDEX events_out_of_time ON events (timestamp) WHERE {condition};
            """);
    }
}
