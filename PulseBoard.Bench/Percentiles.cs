using System.Globalization;

namespace PulseBoard.Bench;

/// <summary>Durations in milliseconds, and how they are told.</summary>
internal sealed class Percentiles(IEnumerable<double> milliseconds)
{
    private readonly double[] _sorted = [.. milliseconds.Order()];

    /// <summary>The duration that a share of all did not exceed (nearest rank).</summary>
    /// <param name="share">Above 0, at most 1.</param>
    public double At(double share) => _sorted[(int)Math.Ceiling(share * _sorted.Length) - 1];

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"n={_sorted.Length}  p50 {At(0.5):0} ms  p95 {At(0.95):0} ms  max {At(1):0} ms");
}
