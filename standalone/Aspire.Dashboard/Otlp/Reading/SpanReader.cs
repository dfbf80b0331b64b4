using Aspire.Dashboard.Otlp.Protocol;
using Aspire.Dashboard.Telemetry;
using Aspire.Dashboard.Telemetry.Traces;
using SpanKind = Aspire.Dashboard.Telemetry.Traces.SpanKind;

namespace Aspire.Dashboard.Otlp.Reading;

/// <summary>Spans as they are kept, from those of an export.</summary>
internal sealed class SpanReader(TelemetryLimits limits)
{
    private readonly ItemReader _items = new(limits);

    /// <summary>Reads an export.</summary>
    /// <param name="request">The export.</param>
    public ReadSpans Read(ExportTraceServiceRequest request)
    {
        var count = request.ResourceSpans.Sum(spans => spans.ScopeSpans.Sum(scope => scope.Spans.Count));
        var read = new ReadSpans(count);

        // A trace that an export alone fills beyond its limit is not read on.
        var seen = count > limits.SpansPerTrace ? new Dictionary<UInt128, int>() : null;
        foreach (var spans in request.ResourceSpans)
        {
            var resource = _items.Resource(spans.Resource);
            foreach (var scopeSpans in spans.ScopeSpans)
            {
                var scope = _items.Scope(scopeSpans.Scope);
                foreach (var span in scopeSpans.Spans)
                {
                    var traceId = ItemReader.TraceId(span.TraceId);
                    var spanId = ItemReader.SpanId(span.SpanId);
                    if (traceId == UInt128.Zero || spanId == 0)
                    {
                        read.Refuse();
                    }
                    else if (seen is not null && (seen[traceId] = seen.GetValueOrDefault(traceId) + 1) > limits.SpansPerTrace)
                    {
                        read.Skip(traceId);
                    }
                    else
                    {
                        read.Spans.Add(Span(span, traceId, spanId, resource, scope));
                    }
                }
            }
        }

        return read;
    }

    private SpanRecord Span(Span span, UInt128 traceId, ulong spanId, TelemetryResource resource, TelemetryScope scope)
    {
        var start = Moments.FromWire(span.StartTimeUnixNano);
        return new()
        {
            TraceId = traceId,
            SpanId = spanId,
            ParentId = ItemReader.SpanId(span.ParentSpanId),
            Name = _items.Text(span.Name),
            Kind = span.Kind switch
            {
                Protocol.Span.Types.SpanKind.Server => SpanKind.Server,
                Protocol.Span.Types.SpanKind.Client => SpanKind.Client,
                Protocol.Span.Types.SpanKind.Producer => SpanKind.Producer,
                Protocol.Span.Types.SpanKind.Consumer => SpanKind.Consumer,
                _ => SpanKind.Internal,
            },
            Resource = resource,
            Scope = scope,
            Start = start,
            End = Math.Max(start, Moments.FromWire(span.EndTimeUnixNano)),
            Status = span.Status?.Code switch
            {
                Status.Types.StatusCode.Ok => SpanStatus.Ok,
                Status.Types.StatusCode.Error => SpanStatus.Error,
                _ => SpanStatus.Unset,
            },
            StatusMessage = span.Status is { Message.Length: > 0 } status ? _items.Text(status.Message) : null,
            Attributes = _items.Attributes(span.Attributes),
            Events = span.Events.Count == 0 ? [] : [.. span.Events.Take(limits.EventsPerSpan).Select(Event)],
            Links = span.Links.Count == 0 ? [] : [.. span.Links.Take(limits.LinksPerSpan).Select(Link).Where(link => link.TraceId != UInt128.Zero && link.SpanId != 0)],
        };
    }

    private SpanEvent Event(Span.Types.Event happened) =>
        new(Moments.FromWire(happened.TimeUnixNano), _items.Text(happened.Name), _items.Attributes(happened.Attributes));

    private SpanLink Link(Span.Types.Link link) =>
        new(ItemReader.TraceId(link.TraceId), ItemReader.SpanId(link.SpanId), _items.Attributes(link.Attributes));
}
