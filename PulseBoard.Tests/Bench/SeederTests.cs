using Microsoft.Extensions.DependencyInjection;
using PulseBoard.Analytics.Compaction;
using PulseBoard.Bench;
using PulseBoard.Bench.Seeding;
using PulseBoard.Tests.Analytics;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Bench;

[Collection(ApplicationCollection.Name)]
public sealed class SeederTests(PulseBoardApplication application)
{
    private static readonly SeedPlan Plan = new(6_000, 25, 5, 60, new(2026, 11, 26, 15, 30, 0, TimeSpan.Zero), 1);

    [Fact]
    public async Task A_history_is_stored_once_and_counted_exactly()
    {
        await using var database = await RollupDatabase.CreateAsync(application);

        await SeedAsync(database, Plan);

        Assert.Equal(Plan.Events, await database.QueryAsync<long>("SELECT count(*) FROM events"));
        Assert.Equal(0, await database.QueryAsync<long>("SELECT count(*) FROM event_batches"));
        Assert.Equal(Plan.Events, await database.QueryAsync<long>("SELECT sum(event_count)::bigint FROM daily_user_metrics"));
        await database.AssertExactAsync();
    }

    [Fact]
    public async Task Rollups_are_compacted_in_the_zone_of_the_installation()
    {
        await using var database = await RollupDatabase.CreateAsync(application);
        await database.ExecuteAsync("UPDATE rollup_state SET reporting_zone = 'Asia/Kathmandu'");

        await SeedAsync(database, Plan);

        Assert.Equal(0, await database.QueryAsync<long>("SELECT (SELECT count(*) FROM rollup_deltas) + (SELECT count(*) FROM task_changes)"));
        Assert.Equal("Asia/Kathmandu", await database.QueryAsync<string>("SELECT reporting_zone FROM rollup_state"));
        Assert.Equal(
            await database.QueryAsync<long>("SELECT count(DISTINCT (timestamp AT TIME ZONE 'UTC')::date) FROM events"),
            await database.QueryAsync<long>("SELECT count(*) FROM quarter_hours"));

        // With a worker of another zone the days are moved, and are exact in it.
        await database.NewWorker().GetRequiredService<Compactor>().CompactAsync(CancellationToken.None);
        await database.AssertExactAsync();
    }

    [Fact]
    public async Task Batches_are_in_the_order_in_which_their_events_were_received()
    {
        await using var database = await RollupDatabase.CreateAsync(application);

        await SeedAsync(database, Plan);

        Assert.Equal(Plan.Events / 200, await database.QueryAsync<long>("SELECT count(DISTINCT batch_id) FROM events"));
        Assert.Equal(0, await database.QueryAsync<long>("""
            SELECT count(*)
            FROM (SELECT min(received_at) < lag(max(received_at)) OVER (ORDER BY batch_id) AS back FROM events GROUP BY batch_id) AS batches
            WHERE back
            """));
    }

    [Fact]
    public async Task The_directory_knows_teams_and_most_people()
    {
        await using var database = await RollupDatabase.CreateAsync(application);
        var plan = Plan with { People = 200 };

        await SeedAsync(database, plan);

        Assert.Equal(5, await database.QueryAsync<long>("SELECT count(DISTINCT team) FROM people JOIN teams USING (team)"));
        Assert.InRange(await database.QueryAsync<long>("SELECT count(*) FROM people WHERE team IS NULL"), 1, 20);
        Assert.InRange(await database.QueryAsync<long>("SELECT count(DISTINCT user_id) FROM events WHERE user_id NOT IN (SELECT user_id FROM people)"), 1, 15);
    }

    [Fact]
    public async Task A_database_with_events_gets_more_only_where_that_is_asked_for()
    {
        await using var database = await RollupDatabase.CreateAsync(application);
        var plan = Plan with { Events = 1_000 };
        await SeedAsync(database, plan);

        await Assert.ThrowsAsync<BenchmarkException>(() => SeedAsync(database, plan with { Seed = 2 }));
        await SeedAsync(database, plan with { Seed = 2 }, add: true);

        Assert.Equal(2_000, await database.QueryAsync<long>("SELECT count(*) FROM events"));
        await database.AssertExactAsync();
    }

    [Fact]
    public async Task A_seed_that_is_ended_leaves_nothing_uncounted()
    {
        await using var database = await RollupDatabase.CreateAsync(application);
        using var ended = new CancellationTokenSource();

        var seeding = Seeder.RunAsync(database.ConnectionString, Plan with { Events = 2_000_000 }, add: false, TextWriter.Null, ended.Token);
        await Eventually.BecomesAsync("some events to be stored", () => database.QueryAsync<long>("SELECT count(*) FROM daily_user_metrics"), rollups => rollups > 0);
        await ended.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => seeding);

        Assert.Equal(0, await database.QueryAsync<long>("SELECT count(*) FROM event_batches"));
        Assert.InRange(await database.QueryAsync<long>("SELECT count(*) FROM events"), 1, 1_999_999);
        await database.AssertExactAsync();
    }

    private static Task SeedAsync(RollupDatabase database, SeedPlan plan, bool add = false) =>
        Seeder.RunAsync(database.ConnectionString, plan, add, TextWriter.Null, CancellationToken.None);
}
