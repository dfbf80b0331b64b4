namespace Aspire.Dashboard.Telemetry.Metrics;

/// <summary>An instrument and its streams; the store's lock guards it.</summary>
internal sealed class Instrument(string meter, string name, InstrumentKind kind)
{
    private readonly Dictionary<(string? Instance, AttributeSet Attributes), MetricStream> _streams = [];

    public string Meter => meter;

    public string Name => name;

    public InstrumentKind Kind => kind;

    public string Unit { get; private set; } = "";

    public string Description { get; private set; } = "";

    public IReadOnlyCollection<MetricStream> Streams => _streams.Values;

    /// <summary>How many sets of attributes it has, whichever instance sent them.</summary>
    public int SeriesCount => _streams.Keys.Select(stream => stream.Attributes).Distinct().Count();

    public void Describe(string unit, string description)
    {
        Unit = unit;
        Description = description;
    }

    public MetricStream Stream(string? instance, AttributeSet attributes)
    {
        if (!_streams.TryGetValue((instance, attributes), out var stream))
        {
            stream = new(this, attributes, instance);
            _streams.Add((instance, attributes), stream);
        }

        return stream;
    }

    public void Remove(MetricStream stream) => _streams.Remove((stream.Instance, stream.Attributes));
}
