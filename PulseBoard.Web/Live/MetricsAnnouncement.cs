namespace PulseBoard.Web.Live;

/// <summary>One message of the Dashboard's stream.</summary>
/// <param name="Version">The metrics version; null while nobody knows it.</param>
/// <param name="IsChange">False for a heartbeat.</param>
internal sealed record MetricsAnnouncement(long? Version, bool IsChange)
{
    /// <summary>Whether what was read at <paramref name="knownVersion"/> may be stale. Without a version every message may mean a change.</summary>
    public bool MayBeNews(long? knownVersion) => IsChange || Version is null || Version != knownVersion;
}
