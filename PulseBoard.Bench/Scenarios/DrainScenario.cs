using PulseBoard.Bench.Reporting;

namespace PulseBoard.Bench.Scenarios;

/// <summary>A backlog that is counted by one worker or more, beside the rate at which single events come in.</summary>
internal sealed class DrainScenario : IScenario
{
    private const int Connections = 64;

    public async Task RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        foreach (var workers in run.Options.WorkerCounts())
        {
            await MeasureAsync(run, workers, cancellationToken);
        }
    }

    private static async Task MeasureAsync(BenchRun run, int workers, CancellationToken cancellationToken)
    {
        var load = new PulseBoardLoad(run);
        var rounds = new List<Round>();
        for (var number = 1; number <= run.Options.Rounds; number++)
        {
            var drained = await Drain.MeasureAsync(run, load, workers, cancellationToken);
            var single = await load.RunAsync(run.Plan(Connections), cancellationToken);
            rounds.Add(new(drained, single.EventsPerSecond));
            run.Report.Tell(FormattableString.Invariant(
                $"draining, {workers} workers, round {number}\n  drained {drained:N0} events/s, single events {single.EventsPerSecond:N0} a second"));
        }

        var name = FormattableString.Invariant($"draining {run.Options.Backlog:N0} events, {workers} worker{(workers == 1 ? "" : "s")}");
        run.Report.Add(new(name, Median.Of(rounds, round => round.Drained), "events/s", workers == 1 ? Goal.AtLeast(60_000) : null));
        run.Report.Add(new($"{name}: single events, {Connections} connections", Median.Of(rounds, round => round.Single), "events/s"));
        run.Report.Add(new($"{name}: in single events", Median.Of(rounds, round => round.Drained / round.Single), "", Goal.AtLeast(1)));
        load.Report(name);
        await Drain.StartWorkersAsync(run, cancellationToken);
    }

    private sealed record Round(double Drained, double Single);
}
