namespace PulseBoard.Bench.Load;

/// <summary>Runs a load in this process.</summary>
internal static class LoadRun
{
    // Longer than a service lets its callers wait.
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(30);

    public static async Task<LoadResult> RunAsync(LoadPlan plan, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(plan.WarmUp + plan.Duration + AnswerLimit);

        var schedule = new LoadSchedule(plan);
        var clients = Enumerable.Range(0, plan.Connections).Select(number => new LoadClient(plan, schedule, number)).ToList();
        var running = Task.WhenAll(clients.Select(client => client.RunAsync(limit.Token)));

        await Task.WhenAny(running, Task.Delay(plan.WarmUp, cancellationToken));
        var (begun, cpu) = (schedule.Now, Environment.CpuUsage.TotalTime);
        await running;
        cancellationToken.ThrowIfCancellationRequested();
        var cores = (Environment.CpuUsage.TotalTime - cpu) / (schedule.Now - begun);

        var tally = new LoadTally();
        foreach (var client in clients)
        {
            tally.Add(client.Tally);
        }

        // A load of so many requests ends with the last of them.
        var measured = plan.Requests is null || tally.LastEnd <= plan.WarmUp ? plan.Duration : tally.LastEnd - plan.WarmUp;
        var latencies = tally.Latencies;
        return new(
            measured, tally.Requests, tally.Events, tally.Acknowledged,
            latencies.At(0.5), latencies.At(0.95), latencies.At(0.99), latencies.Max, tally.Errors, cores);
    }
}
