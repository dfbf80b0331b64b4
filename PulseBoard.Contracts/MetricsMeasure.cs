namespace PulseBoard.Contracts;

/// <summary>A number beside its comparison.</summary>
/// <param name="Value">The number; null where there is nothing that it could be of, such as a median of no tasks.</param>
/// <param name="Previous">The same of the range that is compared with; null where nothing is compared.</param>
/// <param name="Change">By which fraction it grew: 0.5 is half as much again. Null where there is no previous number, or it is zero.</param>
public sealed record MetricsMeasure(double? Value, double? Previous, double? Change)
{
    /// <summary>A number beside its comparison.</summary>
    public static MetricsMeasure Of(double? value, double? previous) =>
        new(value, previous, value is null || previous is null or 0 ? null : (value - previous) / previous);
}
