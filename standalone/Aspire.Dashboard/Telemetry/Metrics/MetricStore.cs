namespace Aspire.Dashboard.Telemetry.Metrics;

/// <summary>The latest points of each resource.</summary>
internal sealed class MetricStore(TelemetryLimits limits)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ResourceMetrics> _resources = new(StringComparer.Ordinal);
    private long _heard;
    private long _received;
    private long _version;

    public long Version => Volatile.Read(ref _version);

    public IntakeCounts Counts
    {
        get
        {
            lock (_gate)
            {
                return new(_received, _resources.Values.Sum(resource => (long)resource.Points));
            }
        }
    }

    /// <summary>Keeps points.</summary>
    /// <param name="resource">Who sent them.</param>
    /// <param name="instruments">The points, by instrument.</param>
    /// <param name="unusable">How many came with them that cannot be kept.</param>
    public void Add(TelemetryResource resource, IReadOnlyList<IncomingInstrument> instruments, long unusable)
    {
        foreach (var instrument in instruments)
        {
            // The lock is let go after each, so that queries get their turn within a large export too.
            lock (_gate)
            {
                var metrics = Resource(resource.Name);
                metrics.Heard = ++_heard;
                metrics.Add(resource.Instance, instrument);
                _received += instrument.Points.Count;
                _version++;
            }
        }

        if (unusable > 0)
        {
            lock (_gate)
            {
                _received += unusable;
                _version++;
            }
        }
    }

    public MetricOverview Overview()
    {
        lock (_gate)
        {
            return MetricOverview.Of(_version, _resources.Values);
        }
    }

    public bool Knows(string resource)
    {
        lock (_gate)
        {
            return _resources.ContainsKey(resource);
        }
    }

    public InstrumentView? Find(string resource, string meter, string instrument)
    {
        lock (_gate)
        {
            return _resources.TryGetValue(resource, out var metrics) && metrics.Find(meter, instrument) is { } found
                ? InstrumentView.Of(found)
                : null;
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _resources.Clear();
            _version++;
        }
    }

    private ResourceMetrics Resource(string name)
    {
        if (!_resources.TryGetValue(name, out var metrics))
        {
            if (_resources.Count >= limits.MetricResources)
            {
                _resources.Remove(_resources.Values.MinBy(resource => resource.Heard)!.Name);
            }

            metrics = new(name, limits.PointsPerResource);
            _resources.Add(name, metrics);
        }

        return metrics;
    }
}
