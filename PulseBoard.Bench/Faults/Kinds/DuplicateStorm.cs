namespace PulseBoard.Bench.Faults.Kinds;

/// <summary>32 clients post the same events at once, each in an order of its own.</summary>
internal sealed class DuplicateStorm() : Fault("duplicate-storm")
{
    private const int Clients = 32;
    private const int Events = 100;

    private PostedEvent[] _events = [];

    public override async Task InjectAsync(FaultScene scene, CancellationToken cancellationToken)
    {
        _events = [.. Enumerable.Range(0, Events).Select(i => scene.Load.Ledger.Open(scene.Load.People[i % scene.Load.People.Count], "task_created"))];
        var orders = Enumerable.Range(0, Clients).Select(_ =>
        {
            var order = _events.ToArray();
            scene.Random.Shuffle(order);
            return order;
        }).ToArray();
        await Task.WhenAll(orders.Select(async order =>
        {
            foreach (var posted in order)
            {
                await scene.Load.Poster.PostAsync(posted, cancellationToken);
            }
        }));
    }

    public override Task VerifyAsync(FaultScene scene, CancellationToken cancellationToken)
    {
        scene.Saw($"{Events} events were posted {Clients} times each");
        scene.Expect(_events.All(posted => posted is { Accepted: 1, Duplicates: Clients - 1 }), "not each was accepted once, and a duplicate every other time");
        return Task.CompletedTask;
    }
}
