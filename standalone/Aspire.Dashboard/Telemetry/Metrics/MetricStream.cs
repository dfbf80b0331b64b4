namespace Aspire.Dashboard.Telemetry.Metrics;

/// <summary>
/// The points of one instrument with the same attributes, from one instance of a service. Cumulative points become what came
/// since the one before, so that those left need none that is gone.
/// </summary>
internal sealed class MetricStream(Instrument instrument, AttributeSet attributes, string? instance)
{
    private readonly Queue<MetricPoint> _points = new();
    private long _start;
    private long _time;
    private double _value;
    private Buckets? _buckets;

    public Instrument Instrument => instrument;

    public AttributeSet Attributes => attributes;

    public string? Instance => instance;

    public bool IsEmpty => _points.Count == 0;

    public MetricPoint[] Points => [.. _points];

    /// <summary>Keeps a point, unless it is not later than the last one: an exporter may send one twice.</summary>
    public bool TryAdd(in IncomingPoint point, bool isDelta)
    {
        if (_time > 0 && point.Time <= _time)
        {
            return false;
        }

        _points.Enqueue(instrument.Kind switch
        {
            InstrumentKind.Gauge => new(point.Time, point.Time, point.Value, null),
            InstrumentKind.UpDownCounter => new(point.Time, point.Time, isDelta ? _value + point.Value : point.Value, null),
            _ => isDelta ? Delta(point) : Increase(point),
        });
        _value = instrument.Kind == InstrumentKind.UpDownCounter && isDelta ? _value + point.Value : point.Value;
        _buckets = point.Buckets?.SharingWith(_buckets);
        _start = point.Start;
        _time = point.Time;
        return true;
    }

    public void RemoveOldest() => _points.Dequeue();

    private MetricPoint Delta(in IncomingPoint point) =>
        new(Math.Max(Begin(point), _time), point.Time, point.Value, point.Value > 0 ? point.Buckets?.SharingWith(_buckets) : null);

    private MetricPoint Increase(in IncomingPoint point)
    {
        if (_time == 0)
        {
            // Without a start there is no telling when it came.
            return Begin(point) < point.Time ? Delta(point) : new(point.Time, point.Time, 0, null);
        }

        var since = _buckets is null ? null : point.Buckets?.Since(_buckets);
        var isReset = point.Start > _start || point.Value < _value || (point.Buckets is not null && since is null);
        if (isReset)
        {
            // The program began again at zero: after the last point, or when it says.
            var from = point.Start > _time && point.Start < point.Time ? point.Start : _time;
            return new(from, point.Time, point.Value, point.Value > 0 ? point.Buckets : null);
        }

        var value = point.Value - _value;
        return new(_time, point.Time, value, value > 0 ? since : null);
    }

    private static long Begin(in IncomingPoint point) => point.Start > 0 && point.Start < point.Time ? point.Start : point.Time;
}
