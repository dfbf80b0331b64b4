namespace Aspire.Dashboard.Telemetry.Traces;

/// <summary>How kinds and states are called on the wire.</summary>
internal static class SpanWords
{
    public static string Kind(SpanRecord span) => span.Kind switch
    {
        SpanKind.Server => "server",
        SpanKind.Client => "client",
        SpanKind.Producer => "producer",
        SpanKind.Consumer => "consumer",
        _ => "internal",
    };

    public static string Status(SpanRecord span) => span.Status switch
    {
        SpanStatus.Ok => "ok",
        SpanStatus.Error => "error",
        _ => "unset",
    };
}
