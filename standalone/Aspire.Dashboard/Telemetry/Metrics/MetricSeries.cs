namespace Aspire.Dashboard.Telemetry.Metrics;

/// <summary>A line of a chart, from one stream or several that add up.</summary>
internal sealed record MetricSeries(AttributeSet Attributes, IReadOnlyList<StreamView> Streams)
{
    // A value holds until the next point. One that is this many intervals late will not come: the program has ended.
    private const double IntervalsOfGrace = 2.5;

    // What the SDKs do unless told otherwise; it is asked for where there is one point alone.
    private const long DefaultInterval = 60_000_000_000;

    private static readonly double[] Shares = [0.5, 0.9, 0.99];

    /// <summary>What came per second. Slots that no point tells of have no value.</summary>
    public double?[] Rates(TimeGrid grid)
    {
        var sum = new double?[grid.Count];
        foreach (var stream in Streams)
        {
            var came = new double[grid.Count];
            var seconds = new double[grid.Count];
            foreach (var point in stream.Points)
            {
                foreach (var (slot, share, covered) in grid.Spread(point))
                {
                    came[slot] += point.Value * share;
                    seconds[slot] += covered;
                }
            }

            for (var slot = 0; slot < grid.Count; slot++)
            {
                if (seconds[slot] > 0)
                {
                    sum[slot] = (sum[slot] ?? 0) + (came[slot] / seconds[slot]);
                }
            }
        }

        return Finite(sum);
    }

    /// <summary>The value at the end of each slot.</summary>
    public double?[] Values(TimeGrid grid)
    {
        var sum = new double?[grid.Count];
        foreach (var stream in Streams)
        {
            var points = stream.Points;
            var interval = points.Length > 1 ? points[^1].To - points[^2].To : DefaultInterval;
            var holds = Math.Max(grid.Step, (long)(interval * IntervalsOfGrace));
            var next = 0;
            for (var slot = 0; slot < grid.Count; slot++)
            {
                while (next < points.Length && points[next].To <= grid.End(slot))
                {
                    next++;
                }

                if (next > 0 && grid.End(slot) - points[next - 1].To <= holds)
                {
                    sum[slot] = (sum[slot] ?? 0) + points[next - 1].Value;
                }
            }
        }

        return Finite(sum);
    }

    /// <summary>Percentiles of what came in each slot.</summary>
    public PercentilesAnswer Percentiles(TimeGrid grid)
    {
        var distributions = new Distribution?[grid.Count];
        foreach (var point in Streams.SelectMany(stream => stream.Points))
        {
            if (point.Buckets is { } buckets)
            {
                foreach (var (slot, share, _) in grid.Spread(point))
                {
                    buckets.AddTo(distributions[slot] ??= new(), share);
                }
            }
        }

        var answer = new PercentilesAnswer(new double?[grid.Count], new double?[grid.Count], new double?[grid.Count]);
        for (var slot = 0; slot < grid.Count; slot++)
        {
            if (distributions[slot]?.Percentiles(Shares) is [var p50, var p90, var p99])
            {
                (answer.P50[slot], answer.P90[slot], answer.P99[slot]) = (p50, p90, p99);
            }
        }

        return answer;
    }

    // JSON has no word for the others.
    private static double?[] Finite(double?[] values) => Array.ConvertAll(values, value => value is { } number && double.IsFinite(number) ? value : null);
}
