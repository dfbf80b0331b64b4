namespace PulseBoard.Dashboard.Caching;

/// <summary>Values of the header <c>X-Cache-Status</c>, as the reference system has them.</summary>
internal static class CacheStatus
{
    /// <summary>From Redis.</summary>
    public const string Hit = "HIT";

    /// <summary>Computed, and kept in Redis.</summary>
    public const string Miss = "MISS";

    /// <summary>Computed because Redis did not answer.</summary>
    public const string Error = "ERROR";
}
