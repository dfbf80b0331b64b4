namespace Aspire.Dashboard.Telemetry.Metrics;

/// <summary>How often values of which size came, from buckets that may differ; a bucket's values are taken to lie evenly in it.</summary>
internal sealed class Distribution
{
    private readonly Dictionary<(double Lower, double Upper), double> _counts = [];

    public void Add(double lower, double upper, double count) =>
        _counts[(lower, upper)] = _counts.GetValueOrDefault((lower, upper)) + count;

    /// <summary>The value that a share of all does not exceed, by linear interpolation; null without counts.</summary>
    /// <param name="shares">Shares of one, ascending.</param>
    public double?[] Percentiles(ReadOnlySpan<double> shares)
    {
        var parts = Disjoint();
        var total = parts.Sum(part => part.Count);
        var percentiles = new double?[shares.Length];
        if (total <= 0)
        {
            return percentiles;
        }

        var (at, below) = (0, 0.0);
        for (var index = 0; index < shares.Length; index++)
        {
            var rank = shares[index] * total;
            while (at < parts.Count - 1 && below + parts[at].Count < rank)
            {
                below += parts[at++].Count;
            }

            var (lower, upper, count) = parts[at];
            percentiles[index] = lower + ((upper - lower) * Math.Clamp((rank - below) / count, 0, 1));
        }

        return percentiles;
    }

    /// <summary>The buckets in order. Where they overlap, as those of two programs may, they are cut at each other's bounds.</summary>
    private List<(double Lower, double Upper, double Count)> Disjoint()
    {
        var parts = InOrder(_counts);
        var overlap = false;
        for (var index = 1; index < parts.Count && !overlap; index++)
        {
            overlap = parts[index - 1].Upper > parts[index].Lower;
        }

        return overlap ? Cut(parts) : parts;
    }

    private static List<(double Lower, double Upper, double Count)> Cut(List<(double Lower, double Upper, double Count)> parts)
    {
        double[] bounds = [.. parts.SelectMany(part => new[] { part.Lower, part.Upper }).Distinct().Order()];
        var pieces = new Dictionary<(double Lower, double Upper), double>();
        foreach (var (lower, upper, count) in parts)
        {
            if (lower == upper)
            {
                Take(lower, upper, count);
                continue;
            }

            for (var index = Array.BinarySearch(bounds, lower); bounds[index] < upper; index++)
            {
                Take(bounds[index], bounds[index + 1], count * (bounds[index + 1] - bounds[index]) / (upper - lower));
            }
        }

        return InOrder(pieces);

        void Take(double lower, double upper, double count) => pieces[(lower, upper)] = pieces.GetValueOrDefault((lower, upper)) + count;
    }

    private static List<(double Lower, double Upper, double Count)> InOrder(Dictionary<(double Lower, double Upper), double> counts) =>
        [.. counts.Where(part => part.Value > 0).Select(part => (part.Key.Lower, part.Key.Upper, part.Value)).Order()];
}
