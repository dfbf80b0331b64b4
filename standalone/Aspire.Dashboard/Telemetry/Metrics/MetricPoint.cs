namespace Aspire.Dashboard.Telemetry.Metrics;

/// <summary>A point as it is kept, whatever its temporality was.</summary>
/// <param name="From">When the interval that it tells of began; the same as <paramref name="To"/> for a value.</param>
/// <param name="To">When it was taken.</param>
/// <param name="Value">The value, or what came within the interval.</param>
/// <param name="Buckets">What came within the interval, by size; null where nothing came.</param>
internal readonly record struct MetricPoint(long From, long To, double Value, Buckets? Buckets);
