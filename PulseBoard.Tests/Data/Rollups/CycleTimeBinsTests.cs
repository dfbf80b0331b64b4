using PulseBoard.Data.Rollups;

namespace PulseBoard.Tests.Data.Rollups;

public sealed class CycleTimeBinsTests
{
    [Fact]
    public void A_time_lies_in_its_bin_and_near_its_middle()
    {
        var random = new Random(5);
        for (var i = 0; i < 20_000; i++)
        {
            var time = TimeSpan.FromTicks(random.NextInt64(1L << random.Next(1, 60)));
            var bin = CycleTimeBins.Of(time);

            Assert.InRange(time.TotalSeconds, CycleTimeBins.Lower(bin) - 1e-6, CycleTimeBins.Lower(bin + 1) + 1e-6);
            Assert.InRange(
                Math.Abs(CycleTimeBins.Middle(bin) - time.TotalSeconds), 0, Math.Max(15.0 / 32, time.TotalSeconds * CycleTimeBins.RelativeError) + 1e-6);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(60)]
    [InlineData(4 * 60)]
    [InlineData(8 * 60)]
    [InlineData(24 * 60)]
    [InlineData(48 * 60)]
    [InlineData(4 * 24 * 60)]
    [InlineData(7 * 24 * 60)]
    [InlineData(14 * 24 * 60)]
    [InlineData(28 * 24 * 60)]
    public void Times_that_people_use_are_edges(int minutes)
    {
        var edge = TimeSpan.FromMinutes(minutes);

        Assert.Equal(edge.TotalSeconds, CycleTimeBins.Lower(CycleTimeBins.Of(edge)));
        if (minutes > 0)
        {
            Assert.Equal(CycleTimeBins.Of(edge) - 1, CycleTimeBins.Of(edge - TimeSpan.FromMilliseconds(1)));
        }
    }
}
