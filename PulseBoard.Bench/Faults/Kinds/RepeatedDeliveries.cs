namespace PulseBoard.Bench.Faults.Kinds;

/// <summary>
/// The broker delivers messages again and out of order: of batches that are counted, of batches that are not counted yet, and of
/// batches that do not exist. One batch is told of by these messages alone, which shows that the worker takes them.
/// </summary>
internal sealed class RepeatedDeliveries() : Fault("repeated-deliveries")
{
    private const int Copies = 4;
    private const int Counted = 300;

    private const string StoreUnpublished = """
        WITH stored AS (
            INSERT INTO events (event_id, event_type, user_id, timestamp, received_at, batch_id)
            VALUES (gen_random_uuid(), 'task_created', $2, now(), now(), $1))
        INSERT INTO event_batches (batch_id, event_count, publish_after)
        VALUES ($1, 1, now() + interval '1 hour')
        """;

    public override async Task InjectAsync(FaultScene scene, CancellationToken cancellationToken)
    {
        // The worker is held, so that messages of the same batches are there before, among and behind ours.
        await scene.System.SuspendAsync("analytics", cancellationToken);
        var untold = Guid.CreateVersion7();
        await scene.Database.ExecuteAsync(StoreUnpublished, cancellationToken, untold, $"{Guid.NewGuid():N}@example.com");
        await Waiting.UntilAsync("batches to wait", async () => await scene.Database.PendingAsync(cancellationToken) >= 100, cancellationToken);

        var outstanding = await scene.Database.ListAsync<Guid>("SELECT batch_id FROM event_batches", cancellationToken);
        var counted = await scene.Database.ListAsync<Guid>(
            "SELECT DISTINCT batch_id FROM events WHERE NOT EXISTS (SELECT FROM event_batches WHERE event_batches.batch_id = events.batch_id) LIMIT $1",
            cancellationToken,
            Counted);
        Guid[] messages = [.. Enumerable.Repeat((Guid[])[.. outstanding, .. counted, Guid.NewGuid()], Copies).SelectMany(ids => ids)];
        scene.Random.Shuffle(messages);
        await scene.Broker.PublishAsync(messages, cancellationToken);
        await scene.System.ResumeAsync("analytics", cancellationToken);

        scene.Saw($"{messages.Length} messages of {outstanding.Count} outstanding and {counted.Count} counted batches were delivered besides");
        await Waiting.UntilAsync(
            "the batch that only these messages tell of to be counted",
            async () => await scene.Database.QueryAsync<long>("SELECT count(*) FROM event_batches WHERE batch_id = $1", cancellationToken, untold) == 0,
            cancellationToken);
    }

    public override Task HealAsync(FaultScene scene, CancellationToken cancellationToken) => scene.System.ResumeAsync("analytics", cancellationToken);
}
