using System.Globalization;
using Aspire.Dashboard.Otlp.Protocol;
using Aspire.Dashboard.Telemetry;
using Aspire.Dashboard.Telemetry.Metrics;
using ResourceMetrics = Aspire.Dashboard.Otlp.Protocol.ResourceMetrics;
using WireBuckets = Aspire.Dashboard.Otlp.Protocol.ExponentialHistogramDataPoint.Types.Buckets;

namespace Aspire.Dashboard.Otlp.Reading;

/// <summary>Metric points as they are kept, from those of an export.</summary>
internal sealed class MetricReader(TelemetryLimits limits)
{
    // The specification's bounds; beyond them a bound is no number any more.
    private const int LeastScale = -10;
    private const int GreatestScale = 20;

    // Recorders have 160 unless told otherwise.
    private const int MostBuckets = 4_096;

    private const string UnknownMeter = "unknown";
    private const string QuantileKey = "quantile";
    private const uint NoRecordedValue = 1;

    private readonly ItemReader _items = new(limits);

    /// <summary>Reads the metrics of a resource.</summary>
    /// <param name="metrics">The metrics.</param>
    /// <param name="unusable">How many of the points are none.</param>
    public (TelemetryResource Resource, List<IncomingInstrument> Instruments) Read(ResourceMetrics metrics, out int unusable)
    {
        unusable = 0;
        var instruments = new List<IncomingInstrument>();
        foreach (var scope in metrics.ScopeMetrics)
        {
            var meter = scope.Scope is { Name.Length: > 0 } named ? _items.Text(named.Name) : UnknownMeter;
            foreach (var metric in scope.Metrics)
            {
                var reading = new Reading();
                var (kind, temporality) = Points(metric, reading);
                unusable += reading.Unusable;
                if (reading.Points.Count > 0)
                {
                    instruments.Add(new(
                        meter, _items.Text(metric.Name), _items.Text(metric.Unit), _items.Text(metric.Description),
                        kind, temporality == AggregationTemporality.Delta, reading.Points));
                }
            }
        }

        return (_items.Resource(metrics.Resource), instruments);
    }

    private (InstrumentKind Kind, AggregationTemporality Temporality) Points(Metric metric, Reading reading)
    {
        var isUsable = metric.Name.Length > 0;
        switch (metric.DataCase)
        {
            case Metric.DataOneofCase.Gauge:
                reading.Take(metric.Gauge.DataPoints.Where(point => !IsGap(point.Flags)), isUsable, Number);
                return (InstrumentKind.Gauge, default);

            case Metric.DataOneofCase.Sum:
                reading.Take(
                    metric.Sum.DataPoints.Where(point => !IsGap(point.Flags)), isUsable && IsKnown(metric.Sum.AggregationTemporality), Number);
                return (metric.Sum.IsMonotonic ? InstrumentKind.Counter : InstrumentKind.UpDownCounter, metric.Sum.AggregationTemporality);

            case Metric.DataOneofCase.Histogram:
                reading.Take(
                    metric.Histogram.DataPoints.Where(point => !IsGap(point.Flags)),
                    isUsable && IsKnown(metric.Histogram.AggregationTemporality),
                    Explicit);
                return (InstrumentKind.Histogram, metric.Histogram.AggregationTemporality);

            case Metric.DataOneofCase.ExponentialHistogram:
                var histogram = metric.ExponentialHistogram;
                reading.Take(
                    histogram.DataPoints.Where(point => !IsGap(point.Flags)), isUsable && IsKnown(histogram.AggregationTemporality), Exponential);
                return (InstrumentKind.ExponentialHistogram, histogram.AggregationTemporality);

            case Metric.DataOneofCase.Summary:
                // Its quantiles cannot be added up any more: each is a value of its own.
                foreach (var point in metric.Summary.DataPoints.Where(point => !IsGap(point.Flags)))
                {
                    reading.Take(point.QuantileValues, isUsable && point.TimeUnixNano > 0, quantile => Quantile(point, quantile));
                }

                return (InstrumentKind.Gauge, default);

            default:
                return default;
        }
    }

    private IncomingPoint? Number(NumberDataPoint point) =>
        point.TimeUnixNano == 0 || point.ValueCase == NumberDataPoint.ValueOneofCase.None
            ? null
            : new(
                Set(_items.Attributes(point.Attributes)),
                Moments.FromWire(point.StartTimeUnixNano),
                Moments.FromWire(point.TimeUnixNano),
                point.ValueCase == NumberDataPoint.ValueOneofCase.AsInt ? point.AsInt : point.AsDouble,
                null);

    private IncomingPoint? Explicit(HistogramDataPoint point)
    {
        double[] bounds = [.. point.ExplicitBounds];
        ulong[] counts = [.. point.BucketCounts];
        var isWhole = counts.Length == 0 || counts.Length == bounds.Length + 1;
        return point.TimeUnixNano == 0 || !isWhole || counts.Length > MostBuckets || !IsAscending(bounds)
            ? null
            : new(
                Set(_items.Attributes(point.Attributes)),
                Moments.FromWire(point.StartTimeUnixNano),
                Moments.FromWire(point.TimeUnixNano),
                point.Count,
                new ExplicitBuckets(bounds, counts));
    }

    private IncomingPoint? Exponential(ExponentialHistogramDataPoint point)
    {
        var isWhole = point.Scale is >= LeastScale and <= GreatestScale
            && (point.Positive?.BucketCounts.Count ?? 0) <= MostBuckets
            && (point.Negative?.BucketCounts.Count ?? 0) <= MostBuckets
            && double.IsFinite(point.ZeroThreshold);
        return point.TimeUnixNano == 0 || !isWhole
            ? null
            : new(
                Set(_items.Attributes(point.Attributes)),
                Moments.FromWire(point.StartTimeUnixNano),
                Moments.FromWire(point.TimeUnixNano),
                point.Count,
                new ExponentialBuckets(
                    point.Scale, point.ZeroCount, Math.Abs(point.ZeroThreshold), Side(point.Positive), Side(point.Negative)));
    }

    private IncomingPoint Quantile(SummaryDataPoint point, SummaryDataPoint.Types.ValueAtQuantile quantile) => new(
        Set([.. _items.Attributes(point.Attributes), new(QuantileKey, quantile.Quantile.ToString(CultureInfo.InvariantCulture))]),
        0,
        Moments.FromWire(point.TimeUnixNano),
        quantile.Value,
        null);

    private static AttributeSet Set(TelemetryAttribute[] attributes) => attributes.Length == 0 ? AttributeSet.Empty : new(attributes);

    private static ExponentialBuckets.Side Side(WireBuckets? buckets) =>
        buckets is null or { BucketCounts.Count: 0 } ? ExponentialBuckets.Side.Empty : new(buckets.Offset, [.. buckets.BucketCounts]);

    private static bool IsKnown(AggregationTemporality temporality) =>
        temporality is AggregationTemporality.Cumulative or AggregationTemporality.Delta;

    // A point that says that there is nothing to say: it is as it should be, and nothing of it is kept.
    private static bool IsGap(uint flags) => (flags & NoRecordedValue) != 0;

    private static bool IsAscending(double[] bounds)
    {
        for (var index = 0; index < bounds.Length; index++)
        {
            if (!double.IsFinite(bounds[index]) || (index > 0 && bounds[index] <= bounds[index - 1]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The points of one instrument.</summary>
    private sealed class Reading
    {
        public List<IncomingPoint> Points { get; } = [];

        public int Unusable { get; private set; }

        public void Take<T>(IEnumerable<T> points, bool areUsable, Func<T, IncomingPoint?> read)
        {
            foreach (var point in points)
            {
                if (areUsable && read(point) is { } usable)
                {
                    Points.Add(usable);
                }
                else
                {
                    Unusable++;
                }
            }
        }
    }
}
