using PulseBoard.Bench.Load;
using PulseBoard.Bench.Reporting;

namespace PulseBoard.Bench.Scenarios;

/// <summary>Ingestion at full load without telemetry, and with all of it sent to the dashboard of the host, in turn: two systems, of which one rests.</summary>
internal sealed class TelemetryScenario : IScenario
{
    private const int Connections = 64;
    private const double Share = 0.9;

    public async Task RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        await using var watched = await MeasuredSystem.StartAsync(run.Options, hasDashboard: true, cancellationToken);
        var watchedRun = new BenchRun(run.Options, watched, run.Report);
        var connections = run.Options.ConnectionsOr(Connections)[0];
        var (load, watchedLoad) = (new PulseBoardLoad(run), new PulseBoardLoad(watchedRun));
        var rounds = new List<(LoadResult Without, LoadResult With)>();
        for (var number = 1; number <= run.Options.Rounds; number++)
        {
            var without = await load.RunAsync(run.Plan(connections), cancellationToken);
            var with = await watchedLoad.RunAsync(watchedRun.Plan(connections), cancellationToken);
            rounds.Add((without, with));
            run.Report.Tell($"telemetry, round {number}\n  without {without}\n  with    {with}");
        }

        var (alone, beside) = (Median.Of(rounds, round => round.Without.EventsPerSecond), Median.Of(rounds, round => round.With.EventsPerSecond));
        run.Report.Add(new($"single events, {connections} connections, without telemetry", alone, "events/s"));
        run.Report.Add(new($"single events, {connections} connections, with it and the dashboard", beside, "events/s"));

        // Round by round: both systems become faster as they run, and the machine is not the same for long.
        run.Report.Add(new("share of the rate without", Median.Of(rounds, round => round.With.EventsPerSecond / round.Without.EventsPerSecond), "", Goal.AtLeast(Share)));
        load.Report("without telemetry");
        watchedLoad.Report("with telemetry");
    }
}
