namespace PulseBoard.Bench.Faults.Kinds;

/// <summary>A part of the system is away for a while.</summary>
internal sealed class Outage(string resource, Interruption interruption, TimeSpan duration)
    : Fault($"{resource}-{interruption.ToString().ToLowerInvariant()}")
{
    public override IReadOnlyList<string> Ends { get; } =
        interruption != Interruption.Hung && FaultTarget.Services.Contains(resource) ? [resource] : [];

    public override IReadOnlyList<string> MayRefuse { get; } = resource switch
    {
        "postgres" => [Refusals.StorageUnavailable, Refusals.PartlyUnavailable],
        "activity" => [Refusals.NoAnswer, Refusals.IngestionFull],
        _ => [],
    };

    public override TimeSpan Duration { get; } = duration;

    /// <summary>Whether batches wait for it.</summary>
    private bool HoldsBatches { get; } = resource is "rabbitmq" or "analytics";

    public override Task InjectAsync(FaultScene scene, CancellationToken cancellationToken) => interruption switch
    {
        Interruption.Stopped => scene.System.StopAsync(resource, cancellationToken),
        Interruption.Killed => scene.System.KillAsync(resource, cancellationToken),
        _ => scene.System.SuspendAsync(resource, cancellationToken),
    };

    public override Task VerifyAsync(FaultScene scene, CancellationToken cancellationToken)
    {
        if (resource == "activity" && interruption == Interruption.Stopped)
        {
            // It answers what it has taken before it ends. Whatever was stored without an answer was a duplicate when it came again.
            var unanswered = scene.Load.Ledger.Events.Count(posted => posted is { Accepted: 0, Duplicates: > 0 });
            scene.Expect(unanswered == 0, $"{unanswered} events were stored by a request that got no answer");
        }

        return Task.CompletedTask;
    }

    public override async Task HealAsync(FaultScene scene, CancellationToken cancellationToken)
    {
        if (HoldsBatches)
        {
            var pending = await scene.Database.PendingAsync(cancellationToken);
            scene.Saw($"{pending} batches waited for it");
            scene.Expect(pending > 0, "nothing waited for it");
        }

        if (!scene.System.IsRunning(resource))
        {
            await scene.System.StartAsync(resource, cancellationToken);
        }
        else if (interruption == Interruption.Hung)
        {
            await scene.System.ResumeAsync(resource, cancellationToken);
        }
    }
}
