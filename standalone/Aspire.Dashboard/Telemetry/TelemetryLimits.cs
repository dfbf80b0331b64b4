namespace Aspire.Dashboard.Telemetry;

/// <summary>How much is kept. Where a limit is reached, the oldest gives way, and is counted as dropped.</summary>
internal sealed record TelemetryLimits
{
    /// <summary>Log records.</summary>
    public int Logs { get; init; } = 10_000;

    /// <summary>Traces.</summary>
    public int Traces { get; init; } = 10_000;

    /// <summary>Spans of one trace.</summary>
    public int SpansPerTrace { get; init; } = 1_000;

    /// <summary>Spans of all traces: traces at their limit would fill the host's memory long before there are enough of them.</summary>
    public int Spans { get; init; } = 250_000;

    /// <summary>Metric points of one resource.</summary>
    public int PointsPerResource { get; init; } = 50_000;

    /// <summary>Resources whose metrics are kept.</summary>
    public int MetricResources { get; init; } = 100;

    /// <summary>Attributes of an item.</summary>
    public int Attributes { get; init; } = 128;

    /// <summary>Characters of a text.</summary>
    public int ValueLength { get; init; } = 4_096;

    /// <summary>Events of a span.</summary>
    public int EventsPerSpan { get; init; } = 32;

    /// <summary>Links of a span.</summary>
    public int LinksPerSpan { get; init; } = 128;

    /// <summary>Bytes of an export, uncompressed.</summary>
    public int RequestBytes { get; init; } = 16 * 1024 * 1024;
}
