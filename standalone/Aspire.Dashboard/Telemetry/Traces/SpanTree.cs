namespace Aspire.Dashboard.Telemetry.Traces;

/// <summary>The spans of a trace depth first: a parent before its children, children by their start.</summary>
internal sealed class SpanTree
{
    private readonly ILookup<ulong, SpanRecord> _children;
    private readonly List<(SpanRecord Span, int Depth)> _order = [];
    private readonly HashSet<ulong> _placed = [];

    public SpanTree(TraceView trace)
    {
        var spans = trace.Spans.ToArray();
        Array.Sort(spans, static (one, other) => one.Start != other.Start ? one.Start.CompareTo(other.Start) : one.SpanId.CompareTo(other.SpanId));
        var known = spans.Select(span => span.SpanId).ToHashSet();
        _children = spans.ToLookup(span => span.ParentId);
        foreach (var span in spans)
        {
            if (!known.Contains(span.ParentId))
            {
                Place(span);
            }
        }

        // Spans that are their own ancestors hang on no root; each has to be shown all the same.
        foreach (var span in spans)
        {
            Place(span);
        }
    }

    public IReadOnlyList<(SpanRecord Span, int Depth)> Order => _order;

    public IEnumerable<SpanRecord> Children(SpanRecord span) => _children[span.SpanId].Where(child => child != span);

    // No recursion: a trace may be a thousand calls deep.
    private void Place(SpanRecord root)
    {
        var open = new Stack<(SpanRecord Span, int Depth)>();
        open.Push((root, 0));
        while (open.TryPop(out var next))
        {
            if (_placed.Add(next.Span.SpanId))
            {
                _order.Add(next);
                foreach (var child in _children[next.Span.SpanId].Reverse())
                {
                    open.Push((child, next.Depth + 1));
                }
            }
        }
    }
}
