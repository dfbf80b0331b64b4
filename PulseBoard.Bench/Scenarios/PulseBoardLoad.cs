using PulseBoard.Bench.Load;
using PulseBoard.Bench.Reporting;

namespace PulseBoard.Bench.Scenarios;

/// <summary>
/// Loads on the measured system. Of each it is checked that what was acknowledged is stored, and the next one does not begin before
/// everything is counted, so that one does not pay for the other.
/// </summary>
internal sealed class PulseBoardLoad(BenchRun run)
{
    private readonly List<LoadResult> _results = [];
    private long _lost;

    public async Task<LoadResult> RunAsync(LoadPlan plan, CancellationToken cancellationToken)
    {
        var begun = DateTimeOffset.UtcNow;
        var result = await LoadProcess.RunAsync(plan, cancellationToken);
        _results.Add(result);
        if (run.System.Database is { } database)
        {
            await using var stored = await StoredState.OpenAsync(database, cancellationToken);
            _lost += Math.Abs(result.Acknowledged - await stored.EventsAsync(plan.Run, begun, cancellationToken));
            await stored.IsCountedAsync(cancellationToken);
        }

        return result;
    }

    /// <summary>Adds what must be zero to the report.</summary>
    /// <param name="name">What the loads are called there.</param>
    public void Report(string name)
    {
        run.Report.Add(new($"{name}: errors", _results.Sum(result => result.ErrorCount), "", Goal.AtMost(0)));
        if (run.System.Database is not null)
        {
            run.Report.Add(new($"{name}: acknowledged events missing or stored without an answer", _lost, "", Goal.AtMost(0)));
        }
    }
}
