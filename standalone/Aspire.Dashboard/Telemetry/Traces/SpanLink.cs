namespace Aspire.Dashboard.Telemetry.Traces;

/// <summary>A span that another names as related, mostly one of another trace.</summary>
internal sealed record SpanLink(UInt128 TraceId, ulong SpanId, TelemetryAttribute[] Attributes);
