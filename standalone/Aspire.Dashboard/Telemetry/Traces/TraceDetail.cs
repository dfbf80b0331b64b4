namespace Aspire.Dashboard.Telemetry.Traces;

/// <summary>A trace with all that is known of it.</summary>
internal sealed record TraceDetail(
    string Id, string Name, double Start, double Duration, IReadOnlyList<TraceResource> Resources, int Dropped, IReadOnlyList<SpanDetail> Spans)
{
    /// <summary>Puts a trace together.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="others">All traces, this one included: links lead to and from them.</param>
    /// <param name="logs">How many log records there are of each of its spans.</param>
    public static TraceDetail Of(TraceView trace, TraceView[] others, IReadOnlyDictionary<ulong, int> logs)
    {
        var tree = new SpanTree(trace);
        var links = new TraceLinks(trace, others);
        return new(
            TelemetryIds.Hex(trace.Id),
            trace.Root.Name,
            Moments.ToMilliseconds(trace.Start),
            Moments.ToMilliseconds(trace.Duration),
            TraceResource.Of(trace),
            trace.Dropped,
            [.. tree.Order.Select(placed => Detail(placed.Span, placed.Depth))]);

        SpanDetail Detail(SpanRecord span, int depth)
        {
            var children = tree.Children(span).ToArray();
            var called = Array.Exists(children, child => child.Resource.Name != span.Resource.Name);
            return new()
            {
                Id = TelemetryIds.Hex(span.SpanId),
                Parent = TelemetryIds.HexOrNull(span.ParentId),
                Depth = depth,
                Children = children.Length,
                Name = span.Name,
                Kind = SpanWords.Kind(span),
                Resource = span.Resource.Name,
                Instance = span.Resource.Instance,
                Scope = span.Scope.Name,
                Start = Moments.ToMilliseconds(span.Start - trace.Start),
                Duration = Moments.ToMilliseconds(span.End - span.Start),
                Status = SpanWords.Status(span),
                StatusMessage = span.StatusMessage,
                Peer = called ? null : SpanPeer.Of(span),
                Attributes = span.Attributes,
                ResourceAttributes = span.Resource.Attributes,
                Events = [.. span.Events.Select(happened => new SpanEventDetail(Moments.ToMilliseconds(happened.At - trace.Start), happened.Name, happened.Attributes))],
                Links = [.. span.Links.Select(links.Forward)],
                Backlinks = [.. links.Backward(span)],
                Logs = logs.GetValueOrDefault(span.SpanId),
            };
        }
    }
}

/// <summary>A span in its trace.</summary>
internal sealed record SpanDetail
{
    public required string Id { get; init; }

    public required string? Parent { get; init; }

    public required int Depth { get; init; }

    public required int Children { get; init; }

    public required string Name { get; init; }

    public required string Kind { get; init; }

    public required string Resource { get; init; }

    public required string? Instance { get; init; }

    public required string Scope { get; init; }

    /// <summary>From the start of the trace.</summary>
    public required double Start { get; init; }

    public required double Duration { get; init; }

    public required string Status { get; init; }

    public required string? StatusMessage { get; init; }

    /// <summary>Who was called, where that one sends no spans.</summary>
    public required string? Peer { get; init; }

    public required TelemetryAttribute[] Attributes { get; init; }

    public required TelemetryAttribute[] ResourceAttributes { get; init; }

    public required IReadOnlyList<SpanEventDetail> Events { get; init; }

    public required IReadOnlyList<SpanLinkDetail> Links { get; init; }

    public required IReadOnlyList<SpanBacklink> Backlinks { get; init; }

    public required int Logs { get; init; }
}

/// <summary>Something that happened within a span, from the start of the trace.</summary>
internal sealed record SpanEventDetail(double At, string Name, TelemetryAttribute[] Attributes);

/// <summary>A span that this one names; its name and resource are there if it is kept.</summary>
internal sealed record SpanLinkDetail(string Trace, string Span, string? Name, string? Resource, bool Known, TelemetryAttribute[] Attributes);

/// <summary>A span that names this one.</summary>
internal sealed record SpanBacklink(string Trace, string Span, string Name, string Resource);
