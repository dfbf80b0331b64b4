using PulseBoard.Bench.Load;

namespace PulseBoard.Tests.Bench;

public sealed class LatencyHistogramTests
{
    // Durations from a fraction of a microsecond to a minute, as many of each order of magnitude.
    private static TimeSpan[] Durations(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 20_000).Select(_ => TimeSpan.FromMicroseconds(Math.Pow(10, (random.NextDouble() * 8.3) - 0.5)))];
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.95)]
    [InlineData(0.99)]
    [InlineData(0.999)]
    [InlineData(1)]
    public void A_percentile_is_within_one_percent_of_the_exact_one(double share)
    {
        var durations = Durations(seed: 1);
        var histogram = Of(durations);

        var exact = durations.Order().ElementAt((int)Math.Ceiling(share * durations.Length) - 1);
        Assert.InRange(histogram.At(share), exact, exact * 1.01);
    }

    [Fact]
    public void The_longest_duration_is_exact()
    {
        var durations = Durations(seed: 2);

        Assert.Equal(durations.Max(), Of(durations).Max);
        Assert.Equal(durations.Max(), Of(durations).At(1));
    }

    [Fact]
    public void Histograms_that_are_added_are_one_of_all_durations()
    {
        var (first, second) = (Durations(seed: 3), Durations(seed: 4)[..500]);
        var sum = Of(first);
        sum.Add(Of(second));

        var all = Of([.. first, .. second]);
        Assert.Equal(all.Count, sum.Count);
        Assert.Equal(all.Max, sum.Max);
        Assert.All(Enumerable.Range(1, 100), percent => Assert.Equal(all.At(percent / 100.0), sum.At(percent / 100.0)));
    }

    [Fact]
    public void What_is_out_of_range_counts_as_its_nearest_end()
    {
        var histogram = Of([TimeSpan.FromTicks(-1), TimeSpan.MaxValue]);

        Assert.Equal(2, histogram.Count);
        Assert.Equal(TimeSpan.Zero, histogram.At(0.5));
        Assert.True(histogram.At(1) > TimeSpan.FromHours(30));
    }

    [Fact]
    public void An_empty_histogram_has_no_durations() => Assert.Equal(TimeSpan.Zero, new LatencyHistogram().At(0.99));

    private static LatencyHistogram Of(IEnumerable<TimeSpan> durations)
    {
        var histogram = new LatencyHistogram();
        foreach (var duration in durations)
        {
            histogram.Record(duration);
        }

        return histogram;
    }
}
