using System.Text.Json.Serialization;

namespace Aspire.Dashboard.Telemetry.Metrics;

/// <summary>What a chart of an instrument shows.</summary>
internal sealed record MetricAnswer
{
    public required string Name { get; init; }

    public required string Unit { get; init; }

    public required string Description { get; init; }

    public required string Kind { get; init; }

    /// <summary>Between two times, in milliseconds.</summary>
    public required double Step { get; init; }

    /// <summary>The ends of the slots.</summary>
    public required IReadOnlyList<double> Times { get; init; }

    public required string Shows { get; init; }

    public required IReadOnlyList<DimensionAnswer> Dimensions { get; init; }

    /// <summary>Those with most first.</summary>
    public required IReadOnlyList<SeriesAnswer> Series { get; init; }

    /// <summary>How many series are not shown.</summary>
    public required int Left { get; init; }
}

/// <summary>What can be chosen of a key.</summary>
internal sealed record DimensionAnswer(string Key, IReadOnlyList<string> Values);

/// <summary>A line, or three of a histogram.</summary>
internal sealed record SeriesAnswer
{
    public required TelemetryAttribute[] Attributes { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double?[]? Values { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PercentilesAnswer? Percentiles { get; init; }

    /// <summary>How many came per second.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double?[]? Counts { get; init; }
}

/// <summary>Percentiles by slot.</summary>
internal sealed record PercentilesAnswer(double?[] P50, double?[] P90, double?[] P99);
