namespace PulseBoard.Bench.Faults.Kinds;

/// <summary>
/// SIGKILL of Activity between commit and publish. The broker is stopped, so that commits gather that nobody could publish; with
/// Activity dead the broker returns, and still has none of them: only the relay of the next Activity can bring them.
/// </summary>
internal sealed class KilledBeforePublish() : Fault("activity-killed-before-publish")
{
    private const int Batches = 10;

    private static readonly string[] Ended = ["rabbitmq", "activity"];

    public override IReadOnlyList<string> Ends => ["activity"];

    public override IReadOnlyList<string> MayRefuse => [Refusals.NoAnswer];

    public override async Task InjectAsync(FaultScene scene, CancellationToken cancellationToken)
    {
        await scene.System.StopAsync("rabbitmq", cancellationToken);
        var since = await scene.Database.QueryAsync<DateTime>("SELECT now()", cancellationToken);
        await Waiting.UntilAsync("batches to be committed", async () => (await CommittedAsync()).Count >= Batches, cancellationToken);
        await scene.System.KillAsync("activity", cancellationToken);
        var unpublished = await CommittedAsync();

        await scene.System.StartAsync("rabbitmq", cancellationToken);
        await Waiting.UntilAsync("the queue to be empty", async () => await scene.Broker.WaitingAsync(cancellationToken) == 0, cancellationToken);
        var left = await CommittedAsync();
        scene.Saw($"{unpublished.Count} batches were committed and not published");
        scene.Expect(left.Count == unpublished.Count, $"{unpublished.Count - left.Count} of them were published after all");

        Task<List<Guid>> CommittedAsync() => scene.Database.ListAsync<Guid>(
            "SELECT batch_id FROM event_batches WHERE stored_at > $1", cancellationToken, since);
    }

    public override async Task HealAsync(FaultScene scene, CancellationToken cancellationToken)
    {
        foreach (var resource in Ended.Where(resource => !scene.System.IsRunning(resource)))
        {
            await scene.System.StartAsync(resource, cancellationToken);
        }
    }
}
