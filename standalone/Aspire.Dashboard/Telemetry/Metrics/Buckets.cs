namespace Aspire.Dashboard.Telemetry.Metrics;

/// <summary>The counts of a histogram.</summary>
internal abstract class Buckets
{
    /// <summary>What came since an earlier point, or null where these counts do not continue the earlier ones.</summary>
    public abstract Buckets? Since(Buckets earlier);

    /// <summary>The same, with the memory of an earlier point's bounds where they are equal.</summary>
    public virtual Buckets SharingWith(Buckets? earlier) => this;

    /// <summary>Adds the counts to a distribution.</summary>
    public abstract void AddTo(Distribution distribution, double weight);
}
