using PulseBoard.Bench.Load;
using PulseBoard.Bench.Reporting;

namespace PulseBoard.Bench.Scenarios;

/// <summary>
/// Loads on the measured system. Of each it is checked that what was acknowledged is stored and counted, once; and the next one does
/// not begin before everything is counted, so that one does not pay for the other.
/// </summary>
internal sealed class PulseBoardLoad(BenchRun run)
{
    private readonly List<LoadResult> _results = [];
    private readonly List<(LoadPlan Plan, long Acknowledged)> _uncounted = [];
    private long _differences;

    /// <summary>Runs a load, and waits until it is counted.</summary>
    public async Task<LoadResult> RunAsync(LoadPlan plan, CancellationToken cancellationToken)
    {
        var result = await StoreAsync(plan, cancellationToken);
        await IsCountedAsync(cancellationToken);
        return result;
    }

    /// <summary>Runs a load.</summary>
    public async Task<LoadResult> StoreAsync(LoadPlan plan, CancellationToken cancellationToken)
    {
        var begun = DateTimeOffset.UtcNow;
        var result = await LoadProcess.RunAsync(plan, cancellationToken);
        _results.Add(result);
        if (run.System.Database is { } database)
        {
            await using var stored = await StoredState.OpenAsync(database, cancellationToken);
            _differences += Math.Abs(result.Acknowledged - await stored.EventsAsync(plan.Run, begun, cancellationToken));
            _uncounted.Add((plan, result.Acknowledged));
        }

        return result;
    }

    /// <summary>Waits until everything that was stored is counted.</summary>
    public async Task IsCountedAsync(CancellationToken cancellationToken)
    {
        if (run.System.Database is not { } database)
        {
            return;
        }

        await using var stored = await StoredState.OpenAsync(database, cancellationToken);
        await stored.IsCountedAsync(cancellationToken);
        foreach (var (plan, acknowledged) in _uncounted)
        {
            _differences += Math.Abs(acknowledged - await stored.CountedAsync(plan.Run, cancellationToken));
        }

        _uncounted.Clear();
    }

    /// <summary>Adds what must be zero to the report.</summary>
    /// <param name="name">What the loads are called there.</param>
    public void Report(string name)
    {
        run.Report.Add(new($"{name}: errors", _results.Sum(result => result.ErrorCount), "", Goal.AtMost(0)));
        if (run.System.Database is not null)
        {
            run.Report.Add(new($"{name}: acknowledged events not stored once and counted once", _differences, "", Goal.AtMost(0)));
        }
    }
}
