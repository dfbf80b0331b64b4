namespace PulseBoard.Contracts;

/// <summary>
/// Data of the server-sent event <c>metrics</c> on <c>GET /api/metrics/stream</c>: what was read before may be stale. The first
/// one on a stream says what changed since the version that the client names in <c>Last-Event-ID</c>, each later one what changed
/// since the one before.
/// </summary>
/// <param name="Version">
/// The metrics version, which is the message's id too. Compare it for equality only. Null while Redis, which holds it, is away.
/// </param>
/// <param name="ChangedAt">When the Dashboard learnt of the change, in UTC.</param>
/// <param name="Kinds">
/// What changed: <c>events</c> (events were counted), <c>people</c> (people or teams were written), <c>recomputation</c> (rollups
/// were computed again); a kind that a client does not know may change everything. Empty where nothing changed, as in the first
/// message of a stream. Null, as from an older Dashboard, where everything may have changed.
/// </param>
/// <param name="From">The first instant of the time that the change touches, in UTC; null where all time may be touched.</param>
/// <param name="To">The end of that time, in UTC, itself not touched; null where all time may be touched.</param>
/// <param name="Events">How many events were counted, some of them perhaps told twice; null where that is not known.</param>
public sealed record MetricsChanged(
    long? Version,
    DateTimeOffset ChangedAt,
    IReadOnlyList<string>? Kinds = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    long? Events = null)
{
    /// <summary>The name of the server-sent event.</summary>
    public const string EventType = "metrics";
}
