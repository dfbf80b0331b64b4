namespace PulseBoard.Bench.Faults;

/// <summary>One fault under one load, and what came of it.</summary>
internal sealed class FaultRun(FaultTarget target, Fault fault, FaultRunOptions options, int seed)
{
    private readonly List<string> _broken = [];

    /// <summary>Runs it. What breaks is in the result; only what keeps it from running at all is thrown.</summary>
    public async Task<FaultResult> RunAsync(CancellationToken cancellationToken)
    {
        var processes = FaultTarget.Services.ToDictionary(service => service, target.System.ProcessId);
        await using var load = Workload.Start(target.System.Address("activity"), options.Load, seed);
        var scene = new FaultScene(target, load, seed);

        await AcknowledgedAsync("the load to be acknowledged", load, options.AcknowledgedBefore, cancellationToken);
        var recovered = await HappenAsync(scene, cancellationToken);
        await TryAsync(() => AcknowledgedAsync("the load to go on", load, load.Clock.Count + options.AcknowledgedAfter, cancellationToken));
        var longestGap = load.Clock.LongestGap;
        await TryAsync(() => load.StopAsync(options.RecoveryLimit));

        var counted = TimeSpan.Zero;
        await TryAsync(async () => counted = await Waiting.UntilAsync(
            "pending to be zero", async () => await target.Database.PendingAsync(cancellationToken) == 0, options.PendingLimit, cancellationToken));
        var drift = await Invariants.DriftAsync(target.Database, cancellationToken);
        Expect(drift == 0, $"{drift} rollups are not what the events say");
        var dead = await Invariants.DeadAsync(target.Database, cancellationToken);
        Expect(dead == 0, $"{dead} batches are dead");
        _broken.AddRange(await Invariants.OfAnswersAsync(target.Database, load, cancellationToken));
        await TryAsync(() => Invariants.HealthyAsync(target, cancellationToken));
        await TryAsync(() => Waiting.UntilAsync(
            "the queue to be empty", async () => await target.Broker.WaitingAsync(cancellationToken) == 0, options.PendingLimit, cancellationToken));
        foreach (var service in FaultTarget.Services.Except(fault.Ends).Where(service => target.System.ProcessId(service) != processes[service]))
        {
            _broken.Add($"{service} has ended");
        }

        foreach (var refusal in load.Ledger.Refusals.Where(refusal => !fault.MayRefuse.Contains(refusal.Key)))
        {
            _broken.Add($"{refusal.Value} times '{refusal.Key}'");
        }

        Expect(
            fault.LongestGap is not { } bound || longestGap <= bound,
            $"nobody was acknowledged for {longestGap.TotalSeconds:0.0} s");
        await TryAsync(() => fault.VerifyAsync(scene, cancellationToken));

        return new()
        {
            Fault = fault.Name,
            Posted = load.Ledger.Posted,
            Acknowledged = load.Ledger.Acknowledged,
            Resent = load.Ledger.Resent,
            Refused = load.Ledger.Refusals,
            LongestGap = longestGap,
            Recovered = recovered,
            Counted = counted,
            Drift = drift,
            Seen = scene.Seen,
            Broken = [.. _broken.Concat(scene.Broken).Distinct()],
        };
    }

    private async Task<TimeSpan> HappenAsync(FaultScene scene, CancellationToken cancellationToken)
    {
        await TryAsync(async () =>
        {
            await fault.InjectAsync(scene, cancellationToken);
            await Task.Delay(fault.Duration, cancellationToken);
        });

        // Also when this run is being given up: what comes next needs the system whole.
        scene.Load.Clock.Mark();
        await fault.HealAsync(scene, CancellationToken.None);
        await TryAsync(() => Waiting.UntilAsync(
            "the first acknowledgement after the fault", () => scene.Load.Clock.SinceMark is not null, options.RecoveryLimit, cancellationToken));
        return scene.Load.Clock.SinceMark ?? options.RecoveryLimit;
    }

    private Task<TimeSpan> AcknowledgedAsync(string what, Workload load, long count, CancellationToken cancellationToken) =>
        Waiting.UntilAsync(what, () => load.Clock.Count >= count, options.RecoveryLimit, cancellationToken);

    private void Expect(bool holds, string otherwise)
    {
        if (!holds)
        {
            _broken.Add(otherwise);
        }
    }

    private async Task TryAsync(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (Exception exception) when (exception is TimeoutException or InvalidOperationException or HttpRequestException)
        {
            _broken.Add(exception.Message);
        }
    }
}
