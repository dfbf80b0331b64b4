using PulseBoard.Bench.Reporting;

namespace PulseBoard.Bench.Scenarios;

/// <summary>Runs scenarios from the command line.</summary>
internal static class ScenarioCommand
{
    private const string All = "all";

    // In this order when all of them are run, each on a system of its own.
    private static readonly (string Name, Func<IScenario> Create, Func<IScenario> CreateForAll)[] Scenarios =
    [
        ("single", () => new SingleScenario(64), () => new SingleScenario(64, 256, 1)),
        ("batch", () => new BatchScenario(), () => new BatchScenario()),
        ("lag", () => new LagScenario(), () => new LagScenario()),
        ("drain", () => new DrainScenario(), () => new DrainScenario()),
        ("memory", () => new MemoryScenario(), () => new MemoryScenario()),
        ("growth", () => new GrowthScenario(), () => new GrowthScenario()),
        ("read", () => new ReadScenario(), () => new ReadScenario()),
        ("summary", () => new SummaryScenario(), () => new SummaryScenario()),
        ("listeners", () => new ListenersScenario(), () => new ListenersScenario()),
        ("pages", () => new PagesScenario(), () => new PagesScenario()),
        ("beside", () => new BesideScenario(), () => new BesideScenario()),
        ("telemetry", () => new TelemetryScenario(), () => new TelemetryScenario()),
    ];

    /// <summary>Whether there is a scenario of that name.</summary>
    public static bool Has(string name) => name == All || Scenarios.Any(scenario => scenario.Name == name);

    /// <summary>Runs it.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="BenchmarkException">It cannot be measured.</exception>
    public static async Task<int> RunAsync(string name, string[] args, CancellationToken cancellationToken)
    {
        var options = BenchOptions.Parse(args);
        var report = new Report(name);
        MachineDescription? machine = null;
        foreach (var scenario in Selected(name))
        {
            await using var system = await MeasuredSystem.OpenAsync(options, cancellationToken);
            machine ??= await MachineDescription.ReadAsync(system, cancellationToken);
            await scenario.RunAsync(new(options, system, report), cancellationToken);
        }

        report.Print(machine!);
        if (options.Json is { } file)
        {
            await report.WriteAsync(file, machine!, DateTimeOffset.UtcNow, cancellationToken);
        }

        return 0;
    }

    private static IEnumerable<IScenario> Selected(string name) => name == All
        ? Scenarios.Select(scenario => scenario.CreateForAll())
        : Scenarios.Where(scenario => scenario.Name == name).Select(scenario => scenario.Create());
}
