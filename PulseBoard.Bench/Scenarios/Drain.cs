using System.Diagnostics;

namespace PulseBoard.Bench.Scenarios;

/// <summary>A backlog, stored while no worker runs, and how fast it is counted once they do.</summary>
internal static class Drain
{
    private static readonly TimeSpan StoreLimit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Stores a backlog and has it counted.</summary>
    /// <param name="run">The run, on a system of its own.</param>
    /// <param name="load">What stores it.</param>
    /// <param name="workers">How many workers count.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Events a second: of one worker from its first count on; of several from when all of them are up.</returns>
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
        var starting = Task.WhenAll(WorkerNames(workers).Select(worker => run.System.Own.StartAsync(worker, cancellationToken)));
        var rate = await WatchAsync(
            stored, outstanding => outstanding < backlog && (workers == 1 || starting.IsCompleted), cancellationToken);

        await starting;
        await load.IsCountedAsync(cancellationToken);
        return rate;
    }

    /// <summary>Has all workers run that the system has.</summary>
    public static Task StartWorkersAsync(BenchRun run, CancellationToken cancellationToken) => Task.WhenAll(
        AllWorkers(run).Where(worker => !run.System.Own.IsRunning(worker)).Select(worker => run.System.Own.StartAsync(worker, cancellationToken)));

    private static Task StopWorkersAsync(BenchRun run, CancellationToken cancellationToken) => Task.WhenAll(
        AllWorkers(run).Where(run.System.Own.IsRunning).Select(worker => run.System.Own.StopAsync(worker, cancellationToken)));

    private static IEnumerable<string> AllWorkers(BenchRun run) => WorkerNames(run.Options.WorkerCounts().Max());

    private static IEnumerable<string> WorkerNames(int count) =>
        Enumerable.Range(1, count).Select(number => number == 1 ? "analytics" : FormattableString.Invariant($"analytics-{number}"));

    private static async Task<double> WatchAsync(StoredState stored, Func<long, bool> begins, CancellationToken cancellationToken)
    {
        var watched = Stopwatch.GetTimestamp();
        (long At, long Events)? begun = null;
        while (Stopwatch.GetElapsedTime(watched) < Limit)
        {
            var outstanding = await stored.OutstandingAsync(cancellationToken);
            var now = Stopwatch.GetTimestamp();
            if (outstanding == 0)
            {
                return begun is { } start
                    ? start.Events / Stopwatch.GetElapsedTime(start.At, now).TotalSeconds
                    : throw new BenchmarkException("The backlog was gone before it could be measured: take a larger one.");
            }

            if (begun is null && begins(outstanding))
            {
                begun = (now, outstanding);
            }

            await Task.Delay(Pause, cancellationToken);
        }

        throw new BenchmarkException($"The backlog was not counted within {Limit.TotalMinutes:0} minutes.");
    }
}
