namespace PulseBoard.Contracts;

/// <summary>Data of the server-sent event <c>heartbeat</c> on <c>GET /api/metrics/stream</c>: nothing changed, and the stream is alive.</summary>
/// <param name="Version">The metrics version; null while Redis, which holds it, is away.</param>
/// <param name="At">The Dashboard's time, in UTC.</param>
public sealed record MetricsHeartbeat(long? Version, DateTimeOffset At)
{
    /// <summary>The name of the server-sent event.</summary>
    public const string EventType = "heartbeat";
}
