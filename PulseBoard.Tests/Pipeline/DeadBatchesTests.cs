using PulseBoard.Dashboard.Pipeline;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Pipeline;

[Collection(ApplicationCollection.Name)]
public sealed class DeadBatchesTests(PulseBoardApplication application)
{
    [Fact]
    public async Task All_are_replayed_however_many_they_are_but_for_those_that_are_discarded()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await database.QueryAsync("""
            INSERT INTO event_batches (batch_id, event_count, publish_after, attempts, error, dead_at, discarded_at)
            SELECT gen_random_uuid(), 0, 'infinity', 5, '22003: bigint out of range', now(), CASE WHEN n <= 3 THEN now() END
            FROM generate_series(1, 25003) AS n
            """);
        var batches = new DeadBatches(database.Connections);

        Assert.Equal(25_000, await batches.ReplayAllAsync(CancellationToken.None));
        Assert.Equal(0, await batches.ReplayAllAsync(CancellationToken.None));

        Assert.Equal(["3"], await database.QueryAsync("SELECT count(*) FROM event_batches WHERE dead_at IS NOT NULL AND discarded_at IS NOT NULL"));
        Assert.Equal(["25000"], await database.QueryAsync("SELECT count(*) FROM event_batches WHERE dead_at IS NULL AND attempts = 0 AND publish_after <= now()"));
    }

    [Fact]
    public async Task One_without_an_error_is_listed_without_one()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await database.QueryAsync("INSERT INTO event_batches (batch_id, event_count, publish_after, dead_at) VALUES (gen_random_uuid(), 0, 'infinity', now())");

        var page = await new DeadBatches(database.Connections).ListAsync(discarded: false, before: null, limit: 1, CancellationToken.None);

        Assert.Null(Assert.Single(page.Batches).Error);
    }
}
