namespace Aspire.Dashboard.Telemetry.Traces;

/// <summary>How a span ended, as its maker sees it.</summary>
internal enum SpanStatus
{
    Unset,
    Ok,
    Error,
}
