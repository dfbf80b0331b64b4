using PulseBoard.Bench.Limits;
using PulseBoard.Bench.Load;
using PulseBoard.Bench.Reporting;

namespace PulseBoard.Bench.Scenarios;

/// <summary>Batches of events, beside the same rows inserted over one connection, and an endpoint that only reads the JSON.</summary>
internal sealed class BatchScenario : IScenario
{
    /// <summary>Events of a batch.</summary>
    public const int Events = 100;

    /// <summary>Clients at once.</summary>
    public const int Usual = 16;

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
            var plan = run.Plan(connections, Events);
            var limit = await LoadProcess.RunAsync(plan with { Address = doNothing.Address }, cancellationToken);
            double? inserts = run.System.Database is { } database
                ? await MultiRowInserts.MeasureAsync(database, run.WarmUp, run.Duration, cancellationToken)
                : null;
            rounds.Add(new(limit, inserts, await load.RunAsync(plan, cancellationToken)));
            run.Report.Tell($"batches of {Events}, {connections} connections, round {number}\n  {rounds[^1]}");
        }

        var name = $"batches of {Events}, {connections} connections";
        Report(run.Report, name, rounds);
        load.Report(name);
    }

    private static void Report(Report report, string name, List<Round> rounds)
    {
        report.Add(new(name, Median.Of(rounds, round => round.PulseBoard.EventsPerSecond), "events/s", Goal.AtLeast(40_000)));
        if (rounds.TrueForAll(round => round.Inserts is not null))
        {
            report.Add(new($"{name}: multi-row inserts over one connection", Median.Of(rounds, round => round.Inserts!.Value), "events/s"));
            report.Add(new($"{name}: share of those inserts", Median.Of(rounds, round => round.PulseBoard.EventsPerSecond / round.Inserts!.Value), "", Goal.AtLeast(0.6)));
        }

        report.Add(new($"{name}: do-nothing endpoint", Median.Of(rounds, round => round.DoNothing.EventsPerSecond), "events/s"));
        report.Add(new($"{name}: share of the do-nothing endpoint", Median.Of(rounds, round => round.PulseBoard.EventsPerSecond / round.DoNothing.EventsPerSecond), ""));
        report.Add(new($"{name}: p50", Median.Of(rounds, round => round.PulseBoard.P50.TotalMilliseconds), "ms"));
        report.Add(new($"{name}: p99", Median.Of(rounds, round => round.PulseBoard.P99.TotalMilliseconds), "ms"));
    }

    private sealed record Round(LoadResult DoNothing, double? Inserts, LoadResult PulseBoard)
    {
        public override string ToString() => $"do-nothing {DoNothing}\n  PulseBoard {PulseBoard}"
            + (Inserts is { } inserts ? FormattableString.Invariant($"\n  multi-row inserts {inserts:N0} events/s") : "");
    }
}
