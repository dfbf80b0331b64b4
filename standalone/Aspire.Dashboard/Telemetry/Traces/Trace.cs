namespace Aspire.Dashboard.Telemetry.Traces;

/// <summary>
/// A trace as it comes together. What lists show of it is kept up to date span by span; the store's lock guards it. Spans are
/// only ever added behind the others, so a view of the first ones stays valid without the lock.
/// </summary>
internal sealed class Trace(UInt128 id)
{
    // Up to here it is as fast to look through the spans as to ask a set.
    private const int FewSpans = 16;

    private SpanRecord[] _spans = new SpanRecord[4];
    private HashSet<ulong>? _ids;
    private SpanRecord? _root;
    private long _start = long.MaxValue;
    private long _end = long.MinValue;
    private int _errors;
    private bool _hasLinks;

    public UInt128 Id => id;

    public int Count { get; private set; }

    /// <summary>How many spans of it were not kept.</summary>
    public int Dropped { get; set; }

    public TraceView View => new(id, _spans, Count, Dropped, _root!, _start, _end, _errors, _hasLinks);

    /// <summary>Whether it has this span: exporters send again what they got no answer for.</summary>
    public bool Has(ulong spanId)
    {
        if (_ids is not null)
        {
            return _ids.Contains(spanId);
        }

        for (var index = 0; index < Count; index++)
        {
            if (_spans[index].SpanId == spanId)
            {
                return true;
            }
        }

        return false;
    }

    public void Add(SpanRecord span)
    {
        if (Count == _spans.Length)
        {
            Array.Resize(ref _spans, Count * 2);
        }

        _spans[Count++] = span;
        if (_ids is not null)
        {
            _ids.Add(span.SpanId);
        }
        else if (Count == FewSpans)
        {
            _ids = [.. _spans.AsSpan(0, Count).ToArray().Select(known => known.SpanId)];
        }

        _root = _root is null || IsRatherRoot(span, _root) ? span : _root;
        _start = Math.Min(_start, span.Start);
        _end = Math.Max(_end, span.End);
        _errors += span.Failed ? 1 : 0;
        _hasLinks |= span.Links.Length > 0;
    }

    /// <summary>The earliest without a parent; until one is there, the earliest of all.</summary>
    private static bool IsRatherRoot(SpanRecord span, SpanRecord than) =>
        (span.ParentId == 0) != (than.ParentId == 0) ? span.ParentId == 0 : span.Start < than.Start;
}
