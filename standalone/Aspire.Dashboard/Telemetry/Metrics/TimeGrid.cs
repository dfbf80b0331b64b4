namespace Aspire.Dashboard.Telemetry.Metrics;

/// <summary>
/// The slots of a chart, each from its beginning (exclusive) to its end. They lie on multiples of the step, so that a chart that
/// is asked for again shows the same slots.
/// </summary>
internal sealed class TimeGrid
{
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const int SecondsPerMinute = 60;
    private const int MostSlots = 300;

    public TimeGrid(long now, int minutes)
    {
        var seconds = minutes * SecondsPerMinute;
        Step = Math.Max(1, (seconds + MostSlots - 1) / MostSlots) * NanosecondsPerSecond;
        Count = (int)(seconds * NanosecondsPerSecond / Step);
        Start = ((now / Step) - Count) * Step;
    }

    public long Step { get; }

    public int Count { get; }

    public long Start { get; }

    public IReadOnlyList<double> Times => [.. Enumerable.Range(0, Count).Select(slot => Moments.ToMilliseconds(End(slot)))];

    public long End(int slot) => Start + ((slot + 1) * Step);

    /// <summary>Where what came within an interval belongs, taken to have come evenly.</summary>
    /// <returns>The slot, its share, and the seconds of the slot that the interval covers.</returns>
    public IEnumerable<(int Slot, double Share, double Seconds)> Spread(MetricPoint point)
    {
        if (point.To <= Start || point.From > End(Count - 1))
        {
            yield break;
        }

        if (point.From == point.To)
        {
            yield return ((int)((point.To - Start - 1) / Step), 1, Seconds(Step));
            yield break;
        }

        var length = (double)(point.To - point.From);
        for (var slot = point.From <= Start ? 0 : (int)((point.From - Start) / Step); slot < Count && End(slot) - Step < point.To; slot++)
        {
            var overlap = Math.Min(End(slot), point.To) - Math.Max(End(slot) - Step, point.From);
            yield return (slot, overlap / length, Seconds(overlap));
        }
    }

    private static double Seconds(long nanoseconds) => nanoseconds / (double)NanosecondsPerSecond;
}
