namespace PulseBoard.Tests.Faults;

[Collection(FaultsCollection.Name)]
public sealed class PoisonBatchTests(FaultyApplication application)
{
    [Fact]
    public async Task A_batch_that_cannot_be_counted_is_set_aside_as_dead_and_blocks_nobody()
    {
        // One more event than a bigint holds: counting it overflows, each time.
        var poisoned = FaultyApplication.NewUser();
        await application.QueryAsync<object>(
            "INSERT INTO daily_user_metrics (user_id, metric_date, event_count) VALUES ($1, $2, $3)",
            poisoned, DateOnly.FromDateTime(DateTime.UtcNow), long.MaxValue);
        try
        {
            await application.PostAsync(poisoned, "task_created");
            var others = FaultyApplication.NewUser();
            await application.PostAsync(others, "task_created");
            await Eventually.BecomesAsync(
                "the neighbour to be counted",
                () => application.QueryAsync<long>("SELECT event_count FROM daily_user_metrics WHERE user_id = $1", others),
                count => count == 1);

            var dead = await Eventually.BecomesAsync(
                "the batch to be dead",
                () => application.QueryAsync<string>("SELECT error FROM event_batches WHERE dead_at IS NOT NULL"),
                error => error is not null,
                TimeSpan.FromMinutes(2));
            Assert.Contains("out of range", dead, StringComparison.Ordinal);
            Assert.Equal(1, await application.StoredAsync(poisoned));
        }
        finally
        {
            await application.QueryAsync<object>("DELETE FROM daily_user_metrics WHERE user_id = $1", poisoned);
        }

        await application.AssertInvariantsAsync();
    }
}
