using PulseBoard.Bench;
using PulseBoard.Bench.Seeding;

namespace PulseBoard.Tests.Bench;

public sealed class SeedOptionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_demonstration_is_a_small_company()
    {
        var options = SeedOptions.Parse(["--demo"]);

        Assert.Equal(new SeedPlan(35_000, 25, 5, 120, Now, 1), options.ToPlan(Now));
        Assert.False(options.Add);
    }

    [Fact]
    public void What_the_command_line_says_comes_before_what_is_usual()
    {
        var options = SeedOptions.Parse(
            ["--add", "--demo", "--events", "50000000", "--people", "2000", "--teams", "50", "--days", "365", "--until", "2026-11-01T00:00Z", "--seed", "7"]);

        Assert.Equal(new SeedPlan(50_000_000, 2_000, 50, 365, new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero), 7), options.ToPlan(Now));
        Assert.True(options.Add);
    }

    [Theory]
    [InlineData("--events", "0")]
    [InlineData("--event", "1000")]
    [InlineData("--until", "tomorrow")]
    [InlineData("--seed", "-1")]
    public void An_option_that_is_unknown_or_out_of_range_is_refused(string name, string value) =>
        Assert.Throws<BenchmarkException>(() => SeedOptions.Parse([name, value]));

    [Theory]
    [InlineData("--teams", "300")]
    [InlineData("--until", "2026-11-27T00:00Z")]
    public void A_history_that_cannot_be_is_refused(string name, string value) =>
        Assert.Throws<BenchmarkException>(() => SeedOptions.Parse([name, value]).ToPlan(Now));
}
