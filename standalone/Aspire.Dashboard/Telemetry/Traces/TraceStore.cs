namespace Aspire.Dashboard.Telemetry.Traces;

/// <summary>The latest traces, by the arrival of their first span. The oldest goes whole.</summary>
internal sealed class TraceStore(TelemetryLimits limits)
{
    // Queries get their turn within a large export too.
    private const int SpansPerTurn = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<UInt128, Trace> _traces = [];
    private readonly Queue<Trace> _arrivals = new();
    private long _tracesReceived;
    private long _spansReceived;
    private int _spansKept;
    private long _version;

    public long Version => Volatile.Read(ref _version);

    public (IntakeCounts Traces, IntakeCounts Spans) Counts
    {
        get
        {
            lock (_gate)
            {
                return (new(_tracesReceived, _traces.Count), new(_spansReceived, _spansKept));
            }
        }
    }

    /// <summary>Adds spans to their traces.</summary>
    /// <param name="spans">The spans, in any order.</param>
    /// <param name="skipped">How many came with them that are not worth reading, by trace; the trace is zero where it is not known.</param>
    public void Add(IReadOnlyList<SpanRecord> spans, IReadOnlyDictionary<UInt128, int> skipped)
    {
        for (var from = 0; from < spans.Count; from += SpansPerTurn)
        {
            lock (_gate)
            {
                var until = Math.Min(from + SpansPerTurn, spans.Count);
                for (var index = from; index < until; index++)
                {
                    Add(spans[index]);
                }

                _version++;
            }
        }

        if (skipped.Count > 0)
        {
            Skip(skipped);
        }
    }

    public TraceView? Find(UInt128 id)
    {
        lock (_gate)
        {
            return _traces.TryGetValue(id, out var trace) ? trace.View : null;
        }
    }

    /// <summary>All that is kept, in the order of arrival, and the version it is of.</summary>
    public (TraceView[] Traces, long Version) Snapshot()
    {
        lock (_gate)
        {
            var views = new TraceView[_arrivals.Count];
            var index = 0;
            foreach (var trace in _arrivals)
            {
                views[index++] = trace.View;
            }

            return (views, _version);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _traces.Clear();
            _arrivals.Clear();
            _spansKept = 0;
            _version++;
        }
    }

    private void Add(SpanRecord span)
    {
        _spansReceived++;
        if (!_traces.TryGetValue(span.TraceId, out var trace))
        {
            MakeRoom();
            trace = new(span.TraceId);
            _traces.Add(span.TraceId, trace);
            _arrivals.Enqueue(trace);
            _tracesReceived++;
        }

        if (trace.Has(span.SpanId))
        {
            return;
        }

        if (trace.Count == limits.SpansPerTrace)
        {
            trace.Dropped++;
            return;
        }

        trace.Add(span);
        _spansKept++;
        while (_spansKept > limits.Spans && _arrivals.Count > 1)
        {
            Evict();
        }
    }

    private void MakeRoom()
    {
        while (_arrivals.Count >= limits.Traces)
        {
            Evict();
        }
    }

    private void Evict()
    {
        var oldest = _arrivals.Dequeue();
        _traces.Remove(oldest.Id);
        _spansKept -= oldest.Count;
    }

    private void Skip(IReadOnlyDictionary<UInt128, int> skipped)
    {
        lock (_gate)
        {
            foreach (var (id, count) in skipped)
            {
                _spansReceived += count;
                if (_traces.TryGetValue(id, out var trace))
                {
                    trace.Dropped += count;
                }
            }

            _version++;
        }
    }
}
