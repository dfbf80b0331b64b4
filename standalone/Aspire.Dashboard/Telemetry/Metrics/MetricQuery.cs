namespace Aspire.Dashboard.Telemetry.Metrics;

/// <summary>What of an instrument is asked for.</summary>
internal sealed record MetricQuery
{
    // A chart with more lines is not read.
    private const int MostSeries = 20;
    private const int MostValuesOfDimension = 200;
    private const string InstanceKey = "service.instance.id";

    public int Minutes { get; init; } = 5;

    /// <summary>The values to show, by key; an empty one stands for streams that have none. Keys not named do not matter.</summary>
    public ILookup<string, string> Attributes { get; init; } = Array.Empty<string>().ToLookup(key => key);

    public MetricAnswer Answer(InstrumentView instrument, long now)
    {
        var grid = new TimeGrid(now, Minutes);
        var ranked = Series(instrument, grid).OrderByDescending(series => Weight(instrument.Kind, series.Streams, grid)).ToList();
        return new()
        {
            Name = instrument.Name,
            Unit = instrument.Unit,
            Description = instrument.Description,
            Kind = InstrumentOverview.KindName(instrument.Kind),
            Step = Moments.ToMilliseconds(grid.Step),
            Times = grid.Times,
            Shows = instrument.Kind switch
            {
                InstrumentKind.Counter => "rate",
                InstrumentKind.UpDownCounter or InstrumentKind.Gauge => "value",
                _ => "percentiles",
            },
            Dimensions = Dimensions(instrument),
            Series = [.. ranked.Take(MostSeries).Select(series => Draw(instrument.Kind, series, grid))],
            Left = Math.Max(0, ranked.Count - MostSeries),
        };
    }

    /// <summary>
    /// The instances of a service are one series where their values add up. Gauges do not: where several send one, each instance
    /// is a series of its own.
    /// </summary>
    private IEnumerable<MetricSeries> Series(InstrumentView instrument, TimeGrid grid)
    {
        var streams = instrument.Streams.Where(stream => stream.Points[^1].To > grid.Start && IsAskedFor(stream.Attributes));
        foreach (var alike in streams.GroupBy(stream => stream.Attributes))
        {
            StreamView[] found = [.. alike];
            if (instrument.Kind == InstrumentKind.Gauge && found.Length > 1)
            {
                foreach (var stream in found)
                {
                    yield return new(alike.Key.With(InstanceKey, stream.Instance ?? ""), [stream]);
                }
            }
            else
            {
                yield return new(alike.Key, found);
            }
        }
    }

    private bool IsAskedFor(AttributeSet attributes) => Attributes.All(asked => asked.Contains(attributes.Value(asked.Key)));

    private static double Weight(InstrumentKind kind, IReadOnlyList<StreamView> streams, TimeGrid grid) =>
        kind is InstrumentKind.Gauge or InstrumentKind.UpDownCounter
            ? streams.Sum(stream => Math.Abs(stream.Points[^1].Value))
            : streams.Sum(stream => stream.Points.Where(point => point.To > grid.Start).Sum(point => point.Value));

    private static SeriesAnswer Draw(InstrumentKind kind, MetricSeries series, TimeGrid grid) => kind switch
    {
        InstrumentKind.Counter => new() { Attributes = series.Attributes.Attributes, Values = series.Rates(grid) },
        InstrumentKind.UpDownCounter or InstrumentKind.Gauge => new() { Attributes = series.Attributes.Attributes, Values = series.Values(grid) },
        _ => new() { Attributes = series.Attributes.Attributes, Percentiles = series.Percentiles(grid), Counts = series.Rates(grid) },
    };

    private static IReadOnlyList<DimensionAnswer> Dimensions(InstrumentView instrument)
    {
        var sets = instrument.Streams.Select(stream => stream.Attributes).Distinct().ToArray();
        return
        [
            .. sets.SelectMany(set => set.Attributes).Select(attribute => attribute.Key).Distinct().Order(StringComparer.Ordinal).Select(
                key => new DimensionAnswer(
                    key, [.. sets.Select(set => set.Value(key)).Distinct().Order(StringComparer.Ordinal).Take(MostValuesOfDimension)])),
        ];
    }
}
