namespace Aspire.Dashboard.Telemetry;

/// <summary>What came in and what of it is gone. Received is always what is kept and what was dropped.</summary>
internal readonly record struct IntakeCounts(long Received, long Kept)
{
    /// <summary>What was received and is no longer kept, or never was.</summary>
    public long Dropped => Received - Kept;
}
