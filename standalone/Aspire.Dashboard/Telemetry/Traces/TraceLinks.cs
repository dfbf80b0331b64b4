namespace Aspire.Dashboard.Telemetry.Traces;

/// <summary>
/// The links from and to one trace. They are looked for when somebody opens it, in all traces that have links, so that taking
/// spans in costs nothing for it.
/// </summary>
internal sealed class TraceLinks
{
    private readonly Dictionary<UInt128, TraceView> _targets = [];
    private readonly ILookup<ulong, SpanRecord> _sources;

    public TraceLinks(TraceView trace, TraceView[] others)
    {
        var targets = Linking([trace]).Select(found => found.Link.TraceId).ToHashSet();
        foreach (var other in others)
        {
            if (targets.Contains(other.Id))
            {
                _targets.Add(other.Id, other);
            }
        }

        _sources = Linking(others).Where(found => found.Link.TraceId == trace.Id).ToLookup(found => found.Link.SpanId, found => found.Span);
    }

    public SpanLinkDetail Forward(SpanLink link)
    {
        var target = _targets.TryGetValue(link.TraceId, out var trace) ? trace.Find(link.SpanId) : null;
        return new(
            TelemetryIds.Hex(link.TraceId), TelemetryIds.Hex(link.SpanId), target?.Name, target?.Resource.Name, target is not null, link.Attributes);
    }

    public IEnumerable<SpanBacklink> Backward(SpanRecord span) => _sources[span.SpanId]
        .Distinct()
        .OrderBy(source => source.Start)
        .Select(source => new SpanBacklink(
            TelemetryIds.Hex(source.TraceId), TelemetryIds.Hex(source.SpanId), source.Name, source.Resource.Name));

    private static IEnumerable<(SpanRecord Span, SpanLink Link)> Linking(IEnumerable<TraceView> traces)
    {
        foreach (var trace in traces)
        {
            if (trace.HasLinks)
            {
                foreach (var span in trace.Spans.ToArray())
                {
                    foreach (var link in span.Links)
                    {
                        yield return (span, link);
                    }
                }
            }
        }
    }
}
