namespace Aspire.Dashboard.Telemetry.Traces;

/// <summary>A trace as it was at a moment.</summary>
internal readonly struct TraceView(
    UInt128 id, SpanRecord[] spans, int count, int dropped, SpanRecord root, long start, long end, int errors, bool hasLinks)
{
    public UInt128 Id => id;

    public ReadOnlySpan<SpanRecord> Spans => spans.AsSpan(0, count);

    public int Count => count;

    public int Dropped => dropped;

    public SpanRecord Root => root;

    public long Start => start;

    public long Duration => end - start;

    public int Errors => errors;

    public bool HasLinks => hasLinks;

    public SpanRecord? Find(ulong spanId)
    {
        foreach (var span in Spans)
        {
            if (span.SpanId == spanId)
            {
                return span;
            }
        }

        return null;
    }
}
