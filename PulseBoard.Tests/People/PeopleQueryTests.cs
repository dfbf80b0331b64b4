using System.Globalization;
using System.Text;
using PulseBoard.Contracts;
using PulseBoard.Dashboard.People;
using PulseBoard.Data.Rollups;
using PulseBoard.Tests.Application;
using PulseBoard.Tests.Pipeline;

namespace PulseBoard.Tests.People;

[Collection(ApplicationCollection.Name)]
public sealed class PeopleQueryTests(PulseBoardApplication application)
{
    private static readonly PeopleFilter Everybody = new(null, null, string.Empty, 10);
    private static readonly DateOnly October = new(2026, 10, 1);
    private static readonly DateOnly November = new(2026, 11, 1);

    [Fact]
    public async Task Events_are_those_of_all_months_and_those_not_compacted_yet()
    {
        await using var database = await TestDatabase.CreateAsync(application);

        // Code 1 is a part of code 0.
        await AddMonthAsync(database, October, "alex", new Cell(0, 0, 3), new Cell(0, 30, 4), new Cell(1, 30, 2));
        await AddMonthAsync(database, November, "alex", new Cell(0, 4, 5));
        await AddDeltaAsync(database, "alex", "2026-11-05T23:45:00Z", 6);
        await AddDeltaAsync(database, "alex", "2026-10-31T10:00:00Z", 7);
        await AddDeltaAsync(database, "kim", "2026-11-06T00:00:00Z", 1);

        var people = await ListAsync(database, Everybody);

        Assert.Equal(
            [new("alex", null, null, null, 25, new(2026, 11, 5)), new("kim", null, null, null, 1, new DateOnly(2026, 11, 6))],
            people.People);
        Assert.Equal(people.People[0], await new PeopleQuery(database.Connections).FindAsync("alex", CancellationToken.None));
        Assert.Null(await new PeopleQuery(database.Connections).FindAsync("nobody", CancellationToken.None));
    }

    [Fact]
    public async Task A_day_that_is_taken_back_is_not_the_last_one()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await AddMonthAsync(database, November, "alex", new Cell(0, 2, 1), new Cell(0, 9, 4));
        await AddDeltaAsync(database, "alex", "2026-11-10T12:00:00Z", -4);

        var alex = await new PeopleQuery(database.Connections).FindAsync("alex", CancellationToken.None);

        Assert.Equal((1, new DateOnly(2026, 11, 3)), (alex!.Events, alex.LastDay));
    }

    [Fact]
    public async Task Days_begin_in_the_reporting_zone()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await database.QueryAsync("UPDATE rollup_state SET reporting_zone = 'Asia/Kolkata'");
        await AddDeltaAsync(database, "alex", "2026-11-10T18:30:00Z", 1);
        await AddDeltaAsync(database, "kim", "2026-11-10T18:15:00Z", 1);

        var people = await ListAsync(database, Everybody);

        Assert.Equal([new DateOnly(2026, 11, 11), new DateOnly(2026, 11, 10)], people.People.Select(person => person.LastDay));
    }

    [Fact]
    public async Task Pages_hold_everybody_once_in_the_order_of_their_code_points()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        string[] users = ["Zoe", "alex", "alex2", "a b", "\u00e4nne", "zoe", "\u6771\u4eac", "\uFFFD", "B", "-", "'", "\"", "10", "9", "\U0001F680"];
        for (var i = 0; i < users.Length; i++)
        {
            // Some of them in several places, and some in one.
            if (i % 2 == 0)
            {
                await AddMonthAsync(database, October.AddMonths(-i), users[i], new Cell(0, 1, 1));
                await AddMonthAsync(database, November, users[i], new Cell(0, 1, 1));
            }

            if (i % 3 == 0)
            {
                await AddDeltaAsync(database, users[i], "2026-11-10T18:30:00Z", 1);
            }

            if (i % 2 == 1)
            {
                await EnterAsync(database, users[i]);
            }
        }

        var expected = (await database.QueryAsync("SELECT user_id FROM person_days UNION SELECT user_id FROM rollup_deltas UNION SELECT user_id FROM people"))
            .Distinct().OrderBy(Encoding.UTF8.GetBytes, Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b)));
        foreach (var limit in new[] { 1, 2, 7, users.Length, 1000 })
        {
            var listed = new List<string>();
            var cursor = string.Empty;
            while (cursor is not null)
            {
                var page = await ListAsync(database, Everybody with { Cursor = cursor, Limit = limit });
                Assert.InRange(page.People.Count, 1, limit);
                listed.AddRange(page.People.Select(person => person.User));
                cursor = page.Next;
            }

            Assert.Equal(expected, listed);
        }

        Assert.Equal(users.Length, (await new PeopleQuery(database.Connections).ListEntriesAsync(Everybody with { Cursor = "z", Limit = 1 }, CancellationToken.None)).Count);
    }

    [Fact]
    public async Task People_are_found_by_a_part_of_either_name_in_any_case_and_by_their_team()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await database.QueryAsync("INSERT INTO teams VALUES ('core', 'The core'), ('ops', NULL)");
        await AddMonthAsync(database, October, "alex@example.com", new Cell(0, 1, 1));
        await AddMonthAsync(database, November, "kim", new Cell(0, 1, 1));
        await AddMonthAsync(database, November, "\u00e4nne", new Cell(0, 1, 1));
        await AddDeltaAsync(database, "new", "2026-11-10T18:30:00Z", 1);
        await AddDeltaAsync(database, "zoe", "2026-11-10T18:30:00Z", 1);
        await EnterAsync(database, "alex@example.com", null, "core");
        await EnterAsync(database, "p.doe", "Pat Alexandra", "core");
        await EnterAsync(database, "zoe", "Zo\u00eb", "ops");
        await EnterAsync(database, "kim");

        await AssertFoundAsync("ALEX", null, "alex@example.com", "p.doe");
        await AssertFoundAsync("\u00c4", null, "\u00e4nne");
        await AssertFoundAsync("%", null);
        await AssertFoundAsync("_", null);
        await AssertFoundAsync(null, ["core"], "alex@example.com", "p.doe");
        await AssertFoundAsync(null, [""], "kim", "new", "\u00e4nne");
        await AssertFoundAsync(null, ["ops", ""], "kim", "new", "zoe", "\u00e4nne");
        await AssertFoundAsync("EX", ["core"], "alex@example.com", "p.doe");
        await AssertFoundAsync("k", [""], "kim");
        await AssertFoundAsync(null, ["nobody's"]);
        Assert.Equal("The core", (await new PeopleQuery(database.Connections).FindAsync("p.doe", CancellationToken.None))!.TeamDisplayName);

        async Task AssertFoundAsync(string? search, string[]? teams, params string[] users) =>
            Assert.Equal(users, (await ListAsync(database, new(search, teams, string.Empty, 10))).People.Select(person => person.User));
    }

    private static Task<PeoplePage> ListAsync(TestDatabase database, PeopleFilter filter) =>
        new PeopleQuery(database.Connections).ListAsync(filter, CancellationToken.None);

    private static Task AddMonthAsync(TestDatabase database, DateOnly month, string user, params Cell[] totals) =>
        ExecuteAsync(database, "INSERT INTO person_days VALUES ($1, $2, $3, '')", month, user, Cells.Pack(totals));

    private static Task AddDeltaAsync(TestDatabase database, string user, string at, long events) =>
        ExecuteAsync(
            database,
            "INSERT INTO rollup_deltas VALUES ($1, 'note', $2, $3)",
            user,
            QuarterHour.Of(DateTimeOffset.Parse(at, CultureInfo.InvariantCulture)),
            events);

    private static Task EnterAsync(TestDatabase database, string user, string? displayName = null, string? team = null) =>
        ExecuteAsync(database, "INSERT INTO people VALUES ($1, $2, $3)", user, (object?)displayName ?? DBNull.Value, (object?)team ?? DBNull.Value);

    private static async Task ExecuteAsync(TestDatabase database, string sql, params object[] parameters)
    {
        await using var connection = await database.Connections.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand(sql, parameters);
        await command.ExecuteNonQueryAsync();
    }
}
