namespace PulseBoard.Dashboard.Live;

/// <summary>Where the metrics stand, as the streams were told.</summary>
/// <param name="Version">The metrics version; null while Redis, which holds it, is away.</param>
/// <param name="ChangedAt">When this process learnt of it, in UTC.</param>
internal sealed record MetricsState(long? Version, DateTimeOffset ChangedAt);
