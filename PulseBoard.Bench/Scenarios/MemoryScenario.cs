using PulseBoard.Bench.Reporting;
using PulseBoard.Bench.Systems;

namespace PulseBoard.Bench.Scenarios;

/// <summary>The memory of Activity and Analytics under full load, looked at every second. Linux only.</summary>
internal sealed class MemoryScenario : IScenario
{
    private const int Connections = 64;
    private static readonly string[] Services = ["activity", "analytics"];
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public async Task RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        var load = new PulseBoardLoad(run);
        var loading = load.StoreAsync(run.Plan(Connections) with { Duration = TimeSpan.FromMinutes(run.Options.Minutes) }, cancellationToken);
        var samples = await WatchAsync(run, loading, cancellationToken);
        var result = await loading;
        await load.IsCountedAsync(cancellationToken);

        run.Report.Tell($"memory, {run.Options.Minutes} minutes\n  {result}");
        run.Report.Add(new($"memory: load of {run.Options.Minutes} minutes, {Connections} connections", result.EventsPerSecond, "events/s"));
        foreach (var service in Services)
        {
            var seen = samples.ConvertAll(sample => (sample.Minutes, Megabytes: sample.Megabytes[service]));
            run.Report.Add(new($"memory: {service}, most", seen.Max(sample => sample.Megabytes), "MB", Goal.AtMost(250)));
            run.Report.Add(new($"memory: {service}, slope of the second half", Slope(seen[(seen.Count / 2)..]), "MB/min", Goal.AtMost(1)));
        }

        load.Report("memory");
    }

    private static async Task<List<Sample>> WatchAsync(BenchRun run, Task loading, CancellationToken cancellationToken)
    {
        var samples = new List<Sample>();
        using var timer = new PeriodicTimer(Interval);
        while (!loading.IsCompleted && await timer.WaitForNextTickAsync(cancellationToken))
        {
            samples.Add(new(
                samples.Count * Interval.TotalMinutes,
                Services.ToDictionary(service => service, service => ProcessMemory.Resident(run.System.Own, service))));
        }

        return samples;
    }

    // Least squares.
    private static double Slope(List<(double Minutes, double Megabytes)> samples)
    {
        var (minutes, megabytes) = (samples.Average(sample => sample.Minutes), samples.Average(sample => sample.Megabytes));
        return samples.Sum(sample => (sample.Minutes - minutes) * (sample.Megabytes - megabytes))
            / samples.Sum(sample => Math.Pow(sample.Minutes - minutes, 2));
    }

    private sealed record Sample(double Minutes, Dictionary<string, double> Megabytes);
}
