using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PulseBoard.Data.Migrations;

/// <summary>What people and teams are called, and who belongs to which team. No row holds a past: it applies to all of history.</summary>
[DbContext(typeof(PulseBoardContext))]
[Migration("20261126210000_PeopleAndTeams")]
internal sealed class PeopleAndTeams : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        // An empty key is how a request names the people of no team, so that no team may have it.
        migrationBuilder.Sql("""
            CREATE TABLE teams (
                team         varchar(100) COLLATE "C" PRIMARY KEY CHECK (team <> ''),
                display_name varchar(200)
            );
            """);

        // Only of those whom somebody entered: most people are known from their events alone. Nothing refers to them by a foreign
        // key, since an event must be counted whoever sent it.
        migrationBuilder.Sql("""
            CREATE TABLE people (
                user_id      varchar(100) COLLATE "C" PRIMARY KEY,
                display_name varchar(200),
                team         varchar(100) COLLATE "C" REFERENCES teams ON UPDATE CASCADE ON DELETE SET NULL
            );
            CREATE INDEX people_team ON people (team);
            """);
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE people, teams");
}
