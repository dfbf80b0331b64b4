namespace PulseBoard.Tests.Telemetry;

/// <summary>The spans of one trace that have arrived. In the message of a test that fails it is drawn as a tree.</summary>
internal sealed class ReceivedTrace(string traceId, IReadOnlyList<ReceivedSpan> spans)
{
    /// <summary>In the order of their start.</summary>
    public IReadOnlyList<ReceivedSpan> Spans => spans;

    /// <summary>The first span of that name, or null.</summary>
    public ReceivedSpan? Find(string service, string name) => spans.FirstOrDefault(span => span.Service == service && span.Name == name);

    /// <summary>The only span of that name.</summary>
    public ReceivedSpan Single(string service, string name)
    {
        var found = spans.Where(span => span.Service == service && span.Name == name).ToList();
        Assert.True(found.Count == 1, $"{found.Count} spans '{name}' of {service}:{Environment.NewLine}{this}");
        return found[0];
    }

    public IEnumerable<ReceivedSpan> Children(ReceivedSpan parent) => spans.Where(span => span.ParentId == parent.SpanId);

    public override string ToString() => $"trace {traceId}{Environment.NewLine}{TraceTree.Render(spans)}";
}
