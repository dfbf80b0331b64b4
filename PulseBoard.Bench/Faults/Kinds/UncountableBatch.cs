namespace PulseBoard.Bench.Faults.Kinds;

/// <summary>
/// A batch that cannot be counted, because a rollup in it has no room for one more: it is set aside as dead, and the others go
/// on. Replayed after the cause is gone, it counts like any other.
/// </summary>
internal sealed class UncountableBatch() : Fault("uncountable-batch")
{
    private readonly string _poisoned = $"{Guid.NewGuid():N}@example.com";

    public override async Task InjectAsync(FaultScene scene, CancellationToken cancellationToken)
    {
        await scene.Database.ExecuteAsync(
            "INSERT INTO daily_user_metrics (user_id, metric_date, event_count) VALUES ($1, (now() AT TIME ZONE 'UTC')::date, $2)",
            cancellationToken,
            _poisoned,
            long.MaxValue);
        await scene.Load.Poster.PostAsync(scene.Load.Ledger.Open(_poisoned, "task_created"), cancellationToken);
        await Waiting.UntilAsync("the batch to be dead", async () => await ErrorAsync(scene, cancellationToken) is not null, cancellationToken);

        var error = await ErrorAsync(scene, cancellationToken);
        scene.Saw($"set aside: {error}");
        scene.Expect(error!.Contains("out of range", StringComparison.Ordinal), "the reason is not what was done to it");

        var neighbour = $"{Guid.NewGuid():N}@example.com";
        await scene.Load.Poster.PostAsync(scene.Load.Ledger.Open(neighbour, "task_created"), cancellationToken);
        await Waiting.UntilAsync(
            "others to be counted meanwhile",
            async () => await scene.Database.QueryAsync<long>("SELECT count(*) FROM daily_user_metrics WHERE user_id = $1", cancellationToken, neighbour) == 1,
            cancellationToken);
    }

    public override async Task HealAsync(FaultScene scene, CancellationToken cancellationToken)
    {
        await scene.Database.ExecuteAsync("DELETE FROM daily_user_metrics WHERE user_id = $1", cancellationToken, _poisoned);
        await scene.Database.ExecuteAsync(
            "UPDATE event_batches SET dead_at = NULL, attempts = 0, error = NULL, publish_after = now() WHERE dead_at IS NOT NULL",
            cancellationToken);
    }

    private static Task<string?> ErrorAsync(FaultScene scene, CancellationToken cancellationToken) =>
        scene.Database.QueryAsync<string>("SELECT error FROM event_batches WHERE dead_at IS NOT NULL", cancellationToken);
}
