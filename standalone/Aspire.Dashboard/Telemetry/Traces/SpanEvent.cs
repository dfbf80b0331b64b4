namespace Aspire.Dashboard.Telemetry.Traces;

/// <summary>Something that happened within a span.</summary>
internal sealed record SpanEvent(long At, string Name, TelemetryAttribute[] Attributes);
