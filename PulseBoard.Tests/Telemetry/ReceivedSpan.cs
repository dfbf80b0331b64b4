using System.Diagnostics;

namespace PulseBoard.Tests.Telemetry;

/// <summary>A span as it was exported.</summary>
internal sealed record ReceivedSpan
{
    public required string Service { get; init; }

    public required string Source { get; init; }

    public required string TraceId { get; init; }

    public required string SpanId { get; init; }

    /// <summary>Empty for a root.</summary>
    public required string ParentId { get; init; }

    public required string Name { get; init; }

    public required ActivityKind Kind { get; init; }

    public required DateTime Start { get; init; }

    public required TimeSpan Duration { get; init; }

    public required ActivityStatusCode Status { get; init; }

    public required IReadOnlyDictionary<string, string> Attributes { get; init; }

    public required IReadOnlyList<SpanEvent> Events { get; init; }

    public required IReadOnlyList<SpanLink> Links { get; init; }

    public bool IsLinkedTo(ReceivedSpan other) => Links.Contains(new SpanLink(other.TraceId, other.SpanId));

    public string? this[string attribute] => Attributes.GetValueOrDefault(attribute);
}

/// <summary>Something that happened during a span.</summary>
internal sealed record SpanEvent(string Name, IReadOnlyDictionary<string, string> Attributes);

/// <summary>The other end of a link.</summary>
internal sealed record SpanLink(string TraceId, string SpanId);
