namespace PulseBoard.Bench.Faults.Kinds;

/// <summary>
/// Events that Postgres refuses, in the same requests and commits as good ones: they alone are refused, and for good. Some have
/// what it cannot store; some violate a constraint, which no reader of the request can know of before the commit fails.
/// </summary>
internal sealed class UnstorableEvents() : Fault("unstorable-events")
{
    private const int Posters = 4;
    private const int RoundsEach = 10;
    private const int Neighbours = 9;
    private const string Forbidden = "forbidden";

    public override IReadOnlyList<string> MayRefuse => [Refusals.NotStorable, Refusals.PartlyNotStorable];

    public override TimeSpan? LongestGap => Undisturbed;

    public override async Task InjectAsync(FaultScene scene, CancellationToken cancellationToken)
    {
        await scene.Database.ExecuteAsync(
            $"ALTER TABLE events ADD CONSTRAINT faults_unstorable CHECK (event_type <> '{Forbidden}') NOT VALID", cancellationToken);
        await Task.WhenAll(Enumerable.Range(0, Posters).Select(_ => PostAsync(scene, cancellationToken)));
        scene.Saw($"{2 * Posters * RoundsEach} events could not be stored, half of them in batches");
        var refusals = scene.Load.Ledger.Refusals;
        scene.Expect(
            refusals.GetValueOrDefault(Refusals.NotStorable) == Posters * RoundsEach
                && refusals.GetValueOrDefault(Refusals.PartlyNotStorable) == Posters * RoundsEach,
            "not each of them was called not storable");
    }

    public override Task HealAsync(FaultScene scene, CancellationToken cancellationToken) =>
        scene.Database.ExecuteAsync("ALTER TABLE events DROP CONSTRAINT IF EXISTS faults_unstorable", cancellationToken);

    private static async Task PostAsync(FaultScene scene, CancellationToken cancellationToken)
    {
        var (load, user) = (scene.Load, scene.Load.People[0]);
        for (var i = 0; i < RoundsEach; i++)
        {
            scene.Expect(!await load.Poster.TryPostAsync(Unstorable(i), cancellationToken), "one of them was acknowledged");

            PostedEvent[] good = [.. Enumerable.Range(0, Neighbours).Select(_ => load.Ledger.Open(user, "note"))];
            var unstorable = Unstorable(i);
            await load.Poster.TryPostAsync((PostedEvent[])[.. good[..(i % Neighbours)], unstorable, .. good[(i % Neighbours)..]], cancellationToken);
            scene.Expect(!unstorable.IsAcknowledged, "one of them was acknowledged in its batch");
            scene.Expect(good.All(posted => posted.IsAcknowledged), "its neighbours in the batch were not acknowledged");
        }

        // Not in the ledger, which holds what must be stored: were one stored all the same, it was never sent.
        PostedEvent Unstorable(int i) => i % 2 == 0 ? new(user, Forbidden) : new(user, "note", data: new { text = "\0" });
    }
}
