using System.Diagnostics;

namespace PulseBoard.Bench.Scenarios;

/// <summary>A backlog, stored while no worker runs, and how fast it is counted once they do.</summary>
internal static class Drain
{
    private static readonly TimeSpan StoreLimit = TimeSpan.FromMinutes(10);

    /// <summary>Stores a backlog and has it counted.</summary>
    /// <param name="run">The run, on a system of its own.</param>
    /// <param name="load">What stores it.</param>
    /// <param name="workers">How many workers count.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Events a second, from the workers' first count on until nothing is outstanding.</returns>
    public static async Task<double> MeasureAsync(BenchRun run, PulseBoardLoad load, int workers, CancellationToken cancellationToken)
    {
        await StopWorkersAsync(run, cancellationToken);
        await load.StoreAsync(
            run.Plan(BatchScenario.Usual, BatchScenario.Events) with
            {
                Requests = run.Options.Backlog / BatchScenario.Events,
                RequestsPerSecond = null,
                WarmUp = TimeSpan.Zero,
                Duration = StoreLimit,
            },
            cancellationToken);

        await using var stored = await StoredState.OpenAsync(run.System.OwnDatabase, cancellationToken);
        var backlog = await stored.OutstandingAsync(cancellationToken);
        long begun;
        await using (var gate = await TableGate.HoldCountsAsync(run.System.OwnDatabase, cancellationToken))
        {
            await StartAsync(run, WorkerNames(workers), cancellationToken);
            await gate.HoldsAsync(workers, cancellationToken);
            begun = Stopwatch.GetTimestamp();
        }

        await stored.IsCountedAsync(cancellationToken);
        var taken = Stopwatch.GetElapsedTime(begun);

        await load.IsCountedAsync(cancellationToken);
        return backlog / taken.TotalSeconds;
    }

    /// <summary>Has all workers run that the system has.</summary>
    public static Task StartWorkersAsync(BenchRun run, CancellationToken cancellationToken) =>
        StartAsync(run, AllWorkers(run).Where(worker => !run.System.Own.IsRunning(worker)), cancellationToken);

    private static Task StartAsync(BenchRun run, IEnumerable<string> workers, CancellationToken cancellationToken) =>
        Task.WhenAll(workers.Select(worker => run.System.Own.StartAsync(worker, cancellationToken)));

    private static Task StopWorkersAsync(BenchRun run, CancellationToken cancellationToken) => Task.WhenAll(
        AllWorkers(run).Where(run.System.Own.IsRunning).Select(worker => run.System.Own.StopAsync(worker, cancellationToken)));

    private static IEnumerable<string> AllWorkers(BenchRun run) => WorkerNames(run.Options.WorkerCounts().Max());

    private static IEnumerable<string> WorkerNames(int count) =>
        Enumerable.Range(1, count).Select(number => number == 1 ? "analytics" : FormattableString.Invariant($"analytics-{number}"));
}
