namespace Aspire.Dashboard.Telemetry.Traces;

/// <summary>A span as it is kept.</summary>
internal sealed class SpanRecord
{
    public required UInt128 TraceId { get; init; }

    public required ulong SpanId { get; init; }

    /// <summary>Zero where it has none.</summary>
    public required ulong ParentId { get; init; }

    public required string Name { get; init; }

    public required SpanKind Kind { get; init; }

    public required TelemetryResource Resource { get; init; }

    public required TelemetryScope Scope { get; init; }

    public required long Start { get; init; }

    /// <summary>Never before the start.</summary>
    public required long End { get; init; }

    public required SpanStatus Status { get; init; }

    public string? StatusMessage { get; init; }

    public required TelemetryAttribute[] Attributes { get; init; }

    public required SpanEvent[] Events { get; init; }

    public required SpanLink[] Links { get; init; }

    public bool Failed => Status == SpanStatus.Error;
}
