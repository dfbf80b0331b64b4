using System.Diagnostics;
using PulseBoard.Bench.Limits;
using PulseBoard.Bench.Reporting;
using PulseBoard.Bench.Seeding;

namespace PulseBoard.Bench.Scenarios;

/// <summary>
/// Ingestion and draining on a database that has millions of events, beside the same on an empty one. The same inserts into tables
/// of their own, before and after, say how much of the difference is the machine's.
/// </summary>
internal sealed class GrowthScenario : IScenario
{
    private const int Connections = 64;
    private const double Share = 0.8;

    // Rollups of many people and days, which counting adds to, and compaction writes anew.
    private const int HistoryPeople = 10_000;
    private const int HistoryTeams = 200;
    private const int HistoryDays = 90;

    public async Task RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        var load = new PulseBoardLoad(run);
        var empty = await MeasureAsync(run, load, "empty", cancellationToken);

        var begun = Stopwatch.GetTimestamp();
        var history = new SeedOptions { Events = run.Options.History, People = HistoryPeople, Teams = HistoryTeams, Days = HistoryDays };
        await Seeder.RunAsync(run.System.OwnDatabase, history.ToPlan(DateTimeOffset.UtcNow), add: true, Console.Out, cancellationToken);
        run.Report.Tell(FormattableString.Invariant($"growth: {run.Options.History:N0} events stored and counted in {Stopwatch.GetElapsedTime(begun).TotalSeconds:N0} s"));
        var grown = await MeasureAsync(run, load, "grown", cancellationToken);

        Report("single events", round => round.Single, Goal.AtLeast(Share));
        Report("batches", round => round.Batch, Goal.AtLeast(Share));
        Report("draining", round => round.Drain, Goal.AtLeast(Share));
        Report("multi-row inserts elsewhere", round => round.Inserts, null);
        load.Report("growth");

        void Report(string name, Func<Round, double> figure, Goal? goal)
        {
            var (before, after) = (Median.Of(empty, figure), Median.Of(grown, figure));
            run.Report.Add(new($"growth: {name}, empty", before, "events/s"));
            run.Report.Add(new(FormattableString.Invariant($"growth: {name}, {run.Options.History:N0} events stored"), after, "events/s"));
            run.Report.Add(new($"growth: {name}, share of the empty rate", after / before, "", goal));
        }
    }

    private static async Task<List<Round>> MeasureAsync(BenchRun run, PulseBoardLoad load, string state, CancellationToken cancellationToken)
    {
        var rounds = new List<Round>();
        for (var number = 1; number <= run.Options.Rounds; number++)
        {
            rounds.Add(new(
                await MultiRowInserts.MeasureAsync(run.System.OwnDatabase, run.WarmUp, run.Duration, cancellationToken),
                (await load.RunAsync(run.Plan(Connections), cancellationToken)).EventsPerSecond,
                (await load.RunAsync(run.Plan(BatchScenario.Usual, BatchScenario.Events), cancellationToken)).EventsPerSecond,
                await Drain.MeasureAsync(run, load, workers: 1, cancellationToken)));
            run.Report.Tell($"growth, {state}, round {number}\n  {rounds[^1]}");
        }

        return rounds;
    }

    private sealed record Round(double Inserts, double Single, double Batch, double Drain)
    {
        public override string ToString() => FormattableString.Invariant(
            $"single events {Single:N0}, batches {Batch:N0}, draining {Drain:N0}, multi-row inserts elsewhere {Inserts:N0} events/s");
    }
}
