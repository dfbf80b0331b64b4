using PulseBoard.Bench.Limits;
using PulseBoard.Bench.Load;
using PulseBoard.Bench.Reporting;

namespace PulseBoard.Bench.Scenarios;

/// <summary>
/// Single events from many clients at once, beside an endpoint that does nothing; and from one client, beside one committed insert.
/// </summary>
internal sealed class SingleScenario : IScenario
{
    private const int Usual = 64;
    private const int Many = 256;

    public async Task RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        await using var doNothing = await DoNothingService.StartAsync(cancellationToken);
        foreach (var connections in run.Options.ConnectionsOr(Usual))
        {
            await MeasureAsync(run, doNothing, connections, cancellationToken);
        }
    }

    private static async Task MeasureAsync(BenchRun run, DoNothingService doNothing, int connections, CancellationToken cancellationToken)
    {
        var load = new PulseBoardLoad(run);
        var rounds = new List<Round>();
        for (var number = 1; number <= run.Options.Rounds; number++)
        {
            var plan = run.Plan(connections);
            var limit = await LoadProcess.RunAsync(plan with { Address = doNothing.Address }, cancellationToken);
            var insert = connections == 1 && run.System.Database is { } database
                ? await SingleInserts.MeasureAsync(database, run.WarmUp, run.Duration, cancellationToken)
                : null;
            rounds.Add(new(limit, insert?.At(0.5), await load.RunAsync(plan, cancellationToken)));
            run.Report.Tell($"single, {connections} connections, round {number}\n  {rounds[^1]}");
        }

        Report(run.Report, $"single events, {connections} connection{(connections == 1 ? "" : "s")}", connections, rounds);
        load.Report($"single events, {connections} connection{(connections == 1 ? "" : "s")}");
    }

    private static void Report(Report report, string name, int connections, List<Round> rounds)
    {
        report.Add(new(name, Median.Of(rounds, round => round.PulseBoard.EventsPerSecond), "events/s", connections == Usual ? Goal.AtLeast(16_000) : null));
        report.Add(new($"{name}: do-nothing endpoint", Median.Of(rounds, round => round.DoNothing.EventsPerSecond), "events/s"));
        report.Add(new(
            $"{name}: share of the do-nothing endpoint",
            Median.Of(rounds, round => round.PulseBoard.EventsPerSecond / round.DoNothing.EventsPerSecond),
            "",
            connections is Usual or Many ? Goal.AtLeast(0.3) : null));
        report.Add(new($"{name}: p50", Median.Of(rounds, round => round.PulseBoard.P50.TotalMilliseconds), "ms"));
        report.Add(new(
            $"{name}: p99",
            Median.Of(rounds, round => round.PulseBoard.P99.TotalMilliseconds),
            "ms",
            connections switch { Usual => Goal.AtMost(40), Many => Goal.AtMost(60), _ => null }));
        if (rounds.TrueForAll(round => round.Insert is not null))
        {
            report.Add(new($"{name}: one committed insert, p50", Median.Of(rounds, round => round.Insert!.Value.TotalMilliseconds), "ms"));
            report.Add(new($"{name}: p50 in committed inserts", Median.Of(rounds, round => round.PulseBoard.P50 / round.Insert!.Value), "", Goal.AtMost(1.5)));
        }
    }

    private sealed record Round(LoadResult DoNothing, TimeSpan? Insert, LoadResult PulseBoard)
    {
        public override string ToString() => $"do-nothing {DoNothing}\n  PulseBoard {PulseBoard}"
            + (Insert is { } insert ? FormattableString.Invariant($"\n  one committed insert p50 {insert.TotalMilliseconds:0.000} ms") : "");
    }
}
