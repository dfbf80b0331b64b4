using System.Text.Json;

namespace Aspire.Dashboard.Telemetry.Metrics;

/// <summary>All instruments there are.</summary>
internal sealed record MetricOverview(long Version, IReadOnlyList<ResourceOverview> Resources)
{
    public static MetricOverview Of(long version, IEnumerable<ResourceMetrics> resources) => new(
        version,
        [
            .. resources.OrderBy(resource => resource.Name, StringComparer.OrdinalIgnoreCase).Select(resource => new ResourceOverview(
                resource.Name,
                resource.Points,
                resource.Received - resource.Points,
                [
                    .. resource.Instruments.GroupBy(instrument => instrument.Meter)
                        .OrderBy(meter => meter.Key, StringComparer.OrdinalIgnoreCase)
                        .Select(meter => new MeterOverview(
                            meter.Key,
                            [.. meter.OrderBy(instrument => instrument.Name, StringComparer.OrdinalIgnoreCase).Select(InstrumentOverview.Of)])),
                ])),
        ]);
}

/// <summary>The meters of a resource.</summary>
internal sealed record ResourceOverview(string Name, int Points, long Dropped, IReadOnlyList<MeterOverview> Meters);

/// <summary>The instruments of a meter.</summary>
internal sealed record MeterOverview(string Name, IReadOnlyList<InstrumentOverview> Instruments);

/// <summary>An instrument in a list.</summary>
internal sealed record InstrumentOverview(string Name, string Unit, string Description, string Kind, int Series)
{
    public static InstrumentOverview Of(Instrument instrument) =>
        new(instrument.Name, instrument.Unit, instrument.Description, KindName(instrument.Kind), instrument.SeriesCount);

    public static string KindName(InstrumentKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());
}
