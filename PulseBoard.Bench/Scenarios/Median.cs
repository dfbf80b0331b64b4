namespace PulseBoard.Bench.Scenarios;

/// <summary>The figure of several rounds.</summary>
internal static class Median
{
    /// <summary>The one in the middle, or the mean of the two.</summary>
    /// <param name="rounds">What the rounds gave: at least one.</param>
    /// <param name="figure">The figure of a round.</param>
    public static double Of<T>(IReadOnlyCollection<T> rounds, Func<T, double> figure)
    {
        double[] sorted = [.. rounds.Select(figure).Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
