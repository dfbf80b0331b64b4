namespace Aspire.Dashboard.Telemetry;

/// <summary>What is kept, what is gone, and what was refused.</summary>
internal sealed record StatusAnswer(
    StatusAnswer.Limited Logs, StatusAnswer.Limited Traces, StatusAnswer.PerTrace Spans, StatusAnswer.PerResource Metrics,
    StatusAnswer.Refused Rejected, StatusAnswer.Items Received)
{
    public static StatusAnswer Of(TelemetryRepository telemetry)
    {
        var limits = telemetry.Limits;
        var logs = telemetry.Logs.Counts;
        var (traces, spans) = telemetry.Traces.Counts;
        var points = telemetry.Metrics.Counts;
        var rejections = telemetry.Rejections;
        return new(
            new(logs.Kept, limits.Logs, logs.Dropped),
            new(traces.Kept, limits.Traces, traces.Dropped),
            new(spans.Kept, limits.SpansPerTrace, spans.Dropped),
            new(points.Kept, limits.PointsPerResource, points.Dropped),
            new(rejections.Unauthorized, rejections.Malformed, rejections.TooLarge),
            new(logs.Received, spans.Received, points.Received));
    }

    internal sealed record Limited(long Kept, int Limit, long Dropped);

    internal sealed record PerTrace(long Kept, int LimitPerTrace, long Dropped);

    internal sealed record PerResource(long Kept, int LimitPerResource, long Dropped);

    internal sealed record Refused(long Unauthorized, long Malformed, long TooLarge);

    internal sealed record Items(long Logs, long Spans, long Points);
}
