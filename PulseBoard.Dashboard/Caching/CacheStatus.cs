namespace PulseBoard.Dashboard.Caching;

/// <summary>Values of the header <c>X-Cache-Status</c>; the first three are the reference system's.</summary>
internal static class CacheStatus
{
    /// <summary>From this process, or from Redis.</summary>
    public const string Hit = "HIT";

    /// <summary>Computed, and kept.</summary>
    public const string Miss = "MISS";

    /// <summary>Computed because Redis did not answer.</summary>
    public const string Error = "ERROR";

    /// <summary>From this process, and a moment behind: the present answer is being computed.</summary>
    public const string Stale = "STALE";
}
