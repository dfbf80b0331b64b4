using Aspire.Dashboard.Telemetry.Logs;
using Aspire.Dashboard.Telemetry.Metrics;
using Aspire.Dashboard.Telemetry.Traces;

namespace Aspire.Dashboard.Telemetry;

/// <summary>All telemetry that is kept. A version grows with each change, so that who shows a part knows when to ask again.</summary>
internal sealed class TelemetryRepository(TelemetryLimits limits)
{
    public TelemetryLimits Limits => limits;

    public LogStore Logs { get; } = new(limits);

    public TraceStore Traces { get; } = new(limits);

    public MetricStore Metrics { get; } = new(limits);

    public Rejections Rejections { get; } = new();

    public long LogsVersion => Logs.Version;

    public long TracesVersion => Traces.Version;

    public long MetricsVersion => Metrics.Version;
}
