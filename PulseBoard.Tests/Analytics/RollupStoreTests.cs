using Microsoft.Extensions.DependencyInjection;
using PulseBoard.Analytics.Rollups;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Analytics;

[Collection(ApplicationCollection.Name)]
public sealed class RollupStoreTests(PulseBoardApplication application)
{
    private static readonly DateOnly Day = new(2026, 11, 1);

    [Fact]
    public async Task A_batch_is_counted_by_the_first_call_and_by_no_other()
    {
        await using var database = await RollupDatabase.CreateAsync(application);
        var store = database.NewWorker().GetRequiredService<RollupStore>();
        var first = await database.StoreAsync(Day, "alex", "alex", "kim");
        var second = await database.StoreAsync(Day.AddDays(1), "alex");

        var counted = await store.CountAsync([first], CancellationToken.None);
        var countedNext = await store.CountAsync([second, first, second, Guid.CreateVersion7()], CancellationToken.None);

        Assert.Equal([(first, 3)], counted.Batches.Select(batch => (batch.BatchId, batch.EventCount)));
        Assert.Equal([(second, 1)], countedNext.Batches.Select(batch => (batch.BatchId, batch.EventCount)));
        Assert.Equal("alex 2026-11-01 2 0 1\nalex 2026-11-02 1 0 1\nkim 2026-11-01 1 1 0", await database.RollupsAsync());
    }

    [Fact]
    public async Task A_dead_batch_is_not_counted()
    {
        await using var database = await RollupDatabase.CreateAsync(application);
        var store = database.NewWorker().GetRequiredService<RollupStore>();
        var batchId = await database.StoreAsync(Day, "alex");
        await database.ExecuteAsync("UPDATE event_batches SET dead_at = now()");

        Assert.Empty((await store.CountAsync([batchId], CancellationToken.None)).Batches);
        Assert.Empty(await database.RollupsAsync());
    }

    [Fact]
    public async Task A_batch_whose_lease_is_moved_while_it_is_closed_is_counted()
    {
        await using var database = await RollupDatabase.CreateAsync(application);
        var store = database.NewWorker().GetRequiredService<RollupStore>();
        var batchIds = new[] { await database.StoreAsync(Day, "alex"), await database.StoreAsync(Day, "kim") };

        Task<CountedBatches> counting;
        await using (var relay = await database.BeginAsync("UPDATE event_batches SET publish_after = now() + interval '1 minute'"))
        {
            counting = store.CountAsync(batchIds, CancellationToken.None);
            await Eventually.BecomesAsync("the worker to wait for the relay", database.WaitingAsync, waiting => waiting == 1);
            await using var commit = relay.CreateCommand();
            commit.CommandText = "COMMIT";
            await commit.ExecuteNonQueryAsync();
        }

        Assert.Equal(2, (await counting).Batches.Count);
        await database.AssertExactAsync();
    }

    [Fact]
    public async Task The_same_batches_give_the_same_rollups_in_every_order_and_grouping()
    {
        await using var database = await RollupDatabase.CreateAsync(application);
        var store = database.NewWorker().GetRequiredService<RollupStore>();
        var random = new Random(1);
        var batchIds = new List<Guid>();
        for (var i = 0; i < 60; i++)
        {
            batchIds.Add(await database.StoreAsync(Day.AddDays(random.Next(5)), [.. Enumerable.Range(0, 20).Select(_ => $"person {random.Next(30)}")]));
        }

        var seen = new List<string>();
        foreach (var (order, size) in new (IEnumerable<Guid>, int)[] { (batchIds, 1), (batchIds.AsEnumerable().Reverse(), 7), (batchIds.OrderBy(_ => random.Next()), 60) })
        {
            await database.ExecuteAsync("DELETE FROM daily_user_metrics");
            await database.ExecuteAsync("""
                INSERT INTO event_batches (batch_id, event_count, publish_after)
                SELECT batch_id, count(*), now() FROM events GROUP BY batch_id
                ON CONFLICT DO NOTHING
                """);
            foreach (var group in order.Chunk(size))
            {
                Assert.Equal(group.Length, (await store.CountAsync(group, CancellationToken.None)).Batches.Count);
            }

            seen.Add(await database.RollupsAsync());
        }

        Assert.Equal(await database.ExpectedRollupsAsync(), seen[0]);
        Assert.All(seen, rollups => Assert.Equal(seen[0], rollups));
    }
}
