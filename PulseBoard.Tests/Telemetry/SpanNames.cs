namespace PulseBoard.Tests.Telemetry;

/// <summary>The spans on an event's way.</summary>
internal static class SpanNames
{
    public const string ForwardedPost = "POST /api/activity/{**rest}";
    public const string Post = "POST /api/activity/";
    public const string Commit = "commit events";
    public const string Publish = "publish batch";
    public const string Send = "PulseBoard.Contracts:EventBatchesStored send";
    public const string Receive = "pulseboard-batches receive";
    public const string Process = "pulseboard-batches process";
    public const string Count = "count batches";
    public const string Notify = "publish pulseboard:metrics:changed";
    public const string Notified = "process pulseboard:metrics:changed";
    public const string Query = "postgresql";
}
