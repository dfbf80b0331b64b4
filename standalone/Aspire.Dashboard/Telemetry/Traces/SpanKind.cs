namespace Aspire.Dashboard.Telemetry.Traces;

/// <summary>Which side of a call a span is.</summary>
internal enum SpanKind
{
    Internal,
    Server,
    Client,
    Producer,
    Consumer,
}
