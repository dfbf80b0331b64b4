namespace PulseBoard.Contracts;

/// <summary>Data of the server-sent event <c>metrics</c> on <c>GET /api/metrics/stream</c>: what was read before may be stale.</summary>
/// <param name="Version">The metrics version, which grows with each change; null while Redis, which holds it, is away.</param>
/// <param name="ChangedAt">When the Dashboard learnt of the change, in UTC.</param>
public sealed record MetricsChanged(long? Version, DateTimeOffset ChangedAt)
{
    /// <summary>The name of the server-sent event.</summary>
    public const string EventType = "metrics";
}
