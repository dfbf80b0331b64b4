using PulseBoard.Bench.Reporting;

namespace PulseBoard.Bench.Scenarios;

/// <summary>Runs a scenario from the command line.</summary>
internal static class ScenarioCommand
{
    private static readonly Dictionary<string, Func<IScenario>> Scenarios = new()
    {
        ["single"] = () => new SingleScenario(),
    };

    /// <summary>Whether there is a scenario of that name.</summary>
    public static bool Has(string name) => Scenarios.ContainsKey(name);

    /// <summary>Runs it.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="BenchmarkException">It cannot be measured.</exception>
    public static async Task<int> RunAsync(string name, string[] args, CancellationToken cancellationToken)
    {
        var options = BenchOptions.Parse(args);
        var system = new MeasuredSystem(options.Url ?? throw new BenchmarkException("Say which PulseBoard to measure: --url http://localhost:3001"), options.Database);
        var report = new Report(name);
        await Scenarios[name]().RunAsync(new(options, system, report), cancellationToken);

        var machine = await MachineDescription.ReadAsync(system, cancellationToken);
        report.Print(machine);
        if (options.Json is { } file)
        {
            await report.WriteAsync(file, machine, DateTimeOffset.UtcNow, cancellationToken);
        }

        return 0;
    }
}
