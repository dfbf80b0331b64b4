namespace PulseBoard.Bench.Faults.Kinds;

/// <summary>Postgres answers, but does not write: clients must be told to come again, and none be acknowledged.</summary>
internal abstract class UnwritableDatabase(string name, TimeSpan duration) : Fault(name)
{
    public override IReadOnlyList<string> MayRefuse => [Refusals.StorageUnavailable, Refusals.PartlyUnavailable];

    public override TimeSpan Duration => duration;

    public override Task VerifyAsync(FaultScene scene, CancellationToken cancellationToken)
    {
        scene.Expect(scene.Load.Ledger.Refusals.ContainsKey(Refusals.StorageUnavailable), "nobody was told that the storage is away");
        return Task.CompletedTask;
    }
}
