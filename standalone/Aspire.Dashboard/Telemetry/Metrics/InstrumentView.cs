namespace Aspire.Dashboard.Telemetry.Metrics;

/// <summary>An instrument as it was at a moment.</summary>
internal sealed record InstrumentView(string Name, string Unit, string Description, InstrumentKind Kind, IReadOnlyList<StreamView> Streams)
{
    public static InstrumentView Of(Instrument instrument) => new(
        instrument.Name,
        instrument.Unit,
        instrument.Description,
        instrument.Kind,
        [.. instrument.Streams.Select(stream => new StreamView(stream.Attributes, stream.Instance, stream.Points))]);
}

/// <summary>A stream as it was at a moment.</summary>
internal sealed record StreamView(AttributeSet Attributes, string? Instance, MetricPoint[] Points);
