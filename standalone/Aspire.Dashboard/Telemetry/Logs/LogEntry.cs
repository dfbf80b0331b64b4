namespace Aspire.Dashboard.Telemetry.Logs;

/// <summary>A log record as it is kept.</summary>
internal sealed class LogEntry
{
    /// <summary>Its number, in the order of arrival; the store gives it.</summary>
    public long Id { get; set; }

    public required long At { get; init; }

    public required TelemetryResource Resource { get; init; }

    public required TelemetryScope Scope { get; init; }

    public required int Level { get; init; }

    public required string Message { get; init; }

    public required UInt128 TraceId { get; init; }

    public required ulong SpanId { get; init; }

    public required TelemetryAttribute[] Attributes { get; init; }

    /// <summary>The exception, which is told apart from the attributes.</summary>
    public LogException? Exception { get; init; }

    public string? Event { get; init; }

    /// <summary>The message before its values were put in.</summary>
    public string? Template { get; init; }
}
