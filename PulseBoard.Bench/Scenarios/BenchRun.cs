using PulseBoard.Bench.Load;
using PulseBoard.Bench.Reporting;

namespace PulseBoard.Bench.Scenarios;

/// <summary>What the scenarios of a run share.</summary>
internal sealed class BenchRun(BenchOptions options, MeasuredSystem system, Report report)
{
    public BenchOptions Options => options;

    public MeasuredSystem System => system;

    public Report Report => report;

    public TimeSpan Duration => TimeSpan.FromSeconds(options.Seconds);

    public TimeSpan WarmUp => TimeSpan.FromSeconds(options.WarmUp);

    /// <summary>The load that the command line asks for, on the measured system.</summary>
    public LoadPlan Plan(int connections, int eventsPerRequest = 1) => new()
    {
        Address = system.Activity,
        Connections = connections,
        EventsPerRequest = eventsPerRequest,
        RequestsPerSecond = options.Rate,
        WarmUp = WarmUp,
        Duration = Duration,
    };
}
