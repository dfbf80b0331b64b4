namespace PulseBoard.Contracts;

/// <summary>
/// The metrics version, a number in Redis that grows whenever an answer of the read side may have changed. Who changes metrics
/// bumps it after the commit; who caches answers keeps them under it.
/// </summary>
public static class MetricsVersion
{
    /// <summary>The key that holds the version.</summary>
    public const string Key = "pulseboard:metrics:version";

    /// <summary>The channel on which each new version is published.</summary>
    public const string ChangedChannel = "pulseboard:metrics:changed";
}
