namespace Aspire.Dashboard.Live;

/// <summary>How far the telemetry is.</summary>
internal interface ITelemetryVersions
{
    TelemetryVersions Current { get; }
}

/// <summary>Each larger after every change of what is kept.</summary>
internal sealed record TelemetryVersions(long Logs, long Traces, long Metrics);
