namespace PulseBoard.Bench.Scenarios;

/// <summary>Something that is measured.</summary>
internal interface IScenario
{
    /// <summary>Measures, and adds what it found to the report.</summary>
    Task RunAsync(BenchRun run, CancellationToken cancellationToken);
}
