namespace Aspire.Dashboard.Telemetry.Traces;

/// <summary>A page of traces.</summary>
/// <param name="Version">The version of the store that it shows.</param>
/// <param name="Total">How many match, on whichever page.</param>
/// <param name="Longest">The longest duration of those that match.</param>
/// <param name="Next">The cursor of the next page, or null.</param>
/// <param name="Traces">The traces, newest start first.</param>
internal sealed record TracePage(long Version, int Total, double Longest, string? Next, IReadOnlyList<TraceRow> Traces);

/// <summary>A trace in a list.</summary>
internal sealed record TraceRow(
    string Id, string Name, string Resource, double Start, double Duration, int Spans, int Errors,
    IReadOnlyList<TraceResource> Resources, string Kind)
{
    public static TraceRow Of(TraceView trace) => new(
        TelemetryIds.Hex(trace.Id),
        trace.Root.Name,
        trace.Root.Resource.Name,
        Moments.ToMilliseconds(trace.Start),
        Moments.ToMilliseconds(trace.Duration),
        trace.Count,
        trace.Errors,
        TraceResource.Of(trace),
        SpanWords.Kind(trace.Root));
}

/// <summary>A service that takes part in a trace.</summary>
internal sealed record TraceResource(string Name, int Spans, int Errors)
{
    /// <summary>The services of a trace, in the order in which they came into it.</summary>
    public static IReadOnlyList<TraceResource> Of(TraceView trace) =>
    [
        .. trace.Spans.ToArray()
            .GroupBy(span => span.Resource.Name)
            .OrderBy(spans => spans.Min(span => span.Start))
            .Select(spans => new TraceResource(spans.Key, spans.Count(), spans.Count(span => span.Failed))),
    ];
}
