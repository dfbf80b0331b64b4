using System.Diagnostics.Metrics;

namespace PulseBoard.ServiceDefaults.Telemetry;

/// <summary>Buckets of durations in seconds, as OpenTelemetry's semantic conventions advise them for clients and servers.</summary>
public static class Durations
{
    /// <summary>From a millisecond to ten seconds.</summary>
    public static InstrumentAdvice<double> Advice { get; } = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };
}
