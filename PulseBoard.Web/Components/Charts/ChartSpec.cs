namespace PulseBoard.Web.Components.Charts;

/// <summary>What a chart shows, as charts/chart.js draws it.</summary>
/// <param name="Categories">One for each value of a series: texts, or the beginnings of buckets as ISO 8601.</param>
/// <param name="Interval">How long a bucket is, <c>minute</c> to <c>month</c>; null where categories are texts.</param>
/// <param name="Zone">The time zone of the buckets (IANA id); null where categories are texts.</param>
/// <param name="Unit">What values are: <c>count</c> or <c>seconds</c>.</param>
/// <param name="IsHorizontal">Whether bars lie, one category below the other.</param>
/// <param name="Series">In the order of the legend.</param>
public sealed record ChartSpec(
    IReadOnlyList<string> Categories, string? Interval, string? Zone, string Unit, bool IsHorizontal, IReadOnlyList<ChartSeries> Series)
{
    /// <summary>Whether the browser can draw this by changing values of what it has.</summary>
    public bool HasShapeOf(ChartSpec other) =>
        Interval == other.Interval
        && Zone == other.Zone
        && Unit == other.Unit
        && IsHorizontal == other.IsHorizontal
        && Categories.SequenceEqual(other.Categories, StringComparer.Ordinal)
        && Series.Select(series => series with { Values = [] }).SequenceEqual(other.Series.Select(series => series with { Values = [] }));
}

/// <summary>A number for each category.</summary>
/// <param name="Key">Names it among the chart's series.</param>
/// <param name="Name">How the legend calls it.</param>
/// <param name="Colour">A token of the stylesheet, such as <c>--series-1</c>.</param>
/// <param name="Kind"><c>bar</c>, <c>line</c>, or <c>dashed</c>: what it was before.</param>
/// <param name="Stack">Series of one stack stand on each other; null is none.</param>
/// <param name="Values">Null where there is no value.</param>
public sealed record ChartSeries(string Key, string Name, string Colour, string Kind, string? Stack, IReadOnlyList<double?> Values)
{
    /// <inheritdoc />
    public bool Equals(ChartSeries? other) =>
        other is not null
        && (Key, Name, Colour, Kind, Stack) == (other.Key, other.Name, other.Colour, other.Kind, other.Stack)
        && Values.SequenceEqual(other.Values);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Key, Name, Colour, Kind, Stack, Values.Count);
}
