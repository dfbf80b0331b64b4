namespace Aspire.Dashboard.Telemetry.Metrics;

/// <summary>The metrics of a service, whichever of its instances sent them; the store's lock guards it.</summary>
internal sealed class ResourceMetrics(string name, int limit)
{
    private readonly Dictionary<(string Meter, string Name), Instrument> _instruments = [];

    // The stream of each point that is kept, oldest arrival first.
    private readonly Queue<MetricStream> _arrivals = new();

    public string Name => name;

    public int Points => _arrivals.Count;

    public long Received { get; private set; }

    /// <summary>When it was heard of last, in the store's own count.</summary>
    public long Heard { get; set; }

    public IReadOnlyCollection<Instrument> Instruments => _instruments.Values;

    public Instrument? Find(string meter, string instrument) => _instruments.GetValueOrDefault((meter, instrument));

    public void Add(string? instance, IncomingInstrument incoming)
    {
        Received += incoming.Points.Count;
        var instrument = Instrument(incoming);
        foreach (var point in incoming.Points)
        {
            var stream = instrument.Stream(instance, point.Attributes);
            if (stream.TryAdd(point, incoming.IsDelta))
            {
                _arrivals.Enqueue(stream);
                if (_arrivals.Count > limit)
                {
                    RemoveOldest();
                }
            }
        }
    }

    private Instrument Instrument(IncomingInstrument incoming)
    {
        var key = (incoming.Meter, incoming.Name);
        if (!_instruments.TryGetValue(key, out var instrument) || instrument.Kind != incoming.Kind)
        {
            // A program that was changed and started again may measure another way: then its earlier points say nothing any more.
            instrument = new(incoming.Meter, incoming.Name, incoming.Kind);
            _instruments[key] = instrument;
        }

        instrument.Describe(incoming.Unit, incoming.Description);
        return instrument;
    }

    private void RemoveOldest()
    {
        var stream = _arrivals.Dequeue();
        stream.RemoveOldest();
        if (stream.IsEmpty)
        {
            var instrument = stream.Instrument;
            instrument.Remove(stream);
            if (instrument.Streams.Count == 0 && Find(instrument.Meter, instrument.Name) == instrument)
            {
                _instruments.Remove((instrument.Meter, instrument.Name));
            }
        }
    }
}
