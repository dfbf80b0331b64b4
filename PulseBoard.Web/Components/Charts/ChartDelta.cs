namespace PulseBoard.Web.Components.Charts;

/// <summary>What a chart that shows one thing needs to show the next. charts/chart.js applies it.</summary>
/// <param name="Spec">All of it; null where only values differ.</param>
/// <param name="Changed">For each new value: index of the series, index in it, and the value.</param>
public sealed record ChartDelta(ChartSpec? Spec, IReadOnlyList<double?[]> Changed)
{
    /// <summary>Whether there is nothing to send.</summary>
    public bool IsEmpty => Spec is null && Changed.Count == 0;

    /// <summary>The difference between what the browser shows and what it should show.</summary>
    public static ChartDelta Between(ChartSpec? shown, ChartSpec next)
    {
        if (shown is null || !next.HasShapeOf(shown) || next.Series.Zip(shown.Series).Any(pair => pair.First.Values.Count != pair.Second.Values.Count))
        {
            return new(next, []);
        }

        var changed = new List<double?[]>();
        for (var series = 0; series < next.Series.Count; series++)
        {
            var (values, before) = (next.Series[series].Values, shown.Series[series].Values);
            for (var index = 0; index < values.Count; index++)
            {
                if (values[index] != before[index])
                {
                    changed.Add([series, index, values[index]]);
                }
            }
        }

        return new(null, changed);
    }
}
