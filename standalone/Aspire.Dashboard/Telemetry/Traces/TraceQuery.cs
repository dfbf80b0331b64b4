namespace Aspire.Dashboard.Telemetry.Traces;

/// <summary>Which traces are asked for.</summary>
internal sealed record TraceQuery
{
    /// <summary>A service that takes part.</summary>
    public string? Resource { get; init; }

    /// <summary>Part of a span's name, of an attribute's value or of the trace's id, in any case.</summary>
    public string? Text { get; init; }

    public bool Errors { get; init; }

    /// <summary>In nanoseconds.</summary>
    public long MinDuration { get; init; }

    /// <summary>One of <see cref="SpanTypes"/> that a span of it is of.</summary>
    public string? Type { get; init; }

    public TraceCursor? Before { get; init; }

    public int Limit { get; init; } = int.MaxValue;

    public TracePage Page(TraceView[] traces, long version)
    {
        var matching = Array.FindAll(traces, Matches);
        Array.Sort(matching, static (one, other) => Cursor(one).CompareTo(Cursor(other)));
        var longest = matching.Length == 0 ? 0 : matching.Max(trace => trace.Duration);
        var from = Before is { } before ? Array.FindIndex(matching, trace => Cursor(trace).CompareTo(before) > 0) : 0;
        var page = from < 0 ? [] : matching.Skip(from).Take(Limit).ToArray();
        return new(
            version,
            matching.Length,
            Moments.ToMilliseconds(longest),
            page.Length > 0 && from + page.Length < matching.Length ? Cursor(page[^1]).ToString() : null,
            [.. page.Select(TraceRow.Of)]);
    }

    private static TraceCursor Cursor(TraceView trace) => new(trace.Start, trace.Id);

    private bool Matches(TraceView trace) =>
        (!Errors || trace.Errors > 0)
        && trace.Duration >= MinDuration
        && (Resource is null || AnySpan(trace, static (span, resource) => span.Resource.Name == resource, Resource))
        && (Type is null || AnySpan(trace, static (span, type) => SpanTypes.Of(span) == type, Type))
        && (Text is null || TelemetryIds.Hex(trace.Id).Contains(Text, StringComparison.OrdinalIgnoreCase) || AnySpan(trace, HasText, Text));

    private static bool AnySpan(TraceView trace, Func<SpanRecord, string, bool> matches, string asked)
    {
        foreach (var span in trace.Spans)
        {
            if (matches(span, asked))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasText(SpanRecord span, string text) =>
        span.Name.Contains(text, StringComparison.OrdinalIgnoreCase)
        || Array.Exists(span.Attributes, attribute => attribute.Value.Contains(text, StringComparison.OrdinalIgnoreCase));
}
