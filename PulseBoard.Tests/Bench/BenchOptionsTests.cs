using PulseBoard.Bench;

namespace PulseBoard.Tests.Bench;

public sealed class BenchOptionsTests
{
    [Fact]
    public void Options_are_as_the_issue_has_them_where_the_command_line_says_nothing()
    {
        var options = BenchOptions.Parse([]);

        Assert.Equal((3, 10, 3), (options.Rounds, options.Seconds, options.WarmUp));
        Assert.Equal((500_000, 10, 10_000_000), (options.Backlog, options.Minutes, options.History));
        Assert.Equal([64], options.ConnectionsOr(64));
        Assert.Equal([1], options.WorkerCounts());
        Assert.Equal((30, 2_000, 200, 20, false), (options.Requests, options.Listeners, options.Dashboards, options.Readers, options.Plans));
    }

    [Fact]
    public void Options_are_read_from_the_command_line()
    {
        var options = BenchOptions.Parse(
            ["--rounds", "5", "--warm-up", "0", "--connections", "1,64,256", "--workers", "1,2", "--rate", "99.5", "--url", "http://localhost:3001"]);

        Assert.Equal((5, 0, 99.5), (options.Rounds, options.WarmUp, options.Rate));
        Assert.Equal([1, 64, 256], options.ConnectionsOr(64));
        Assert.Equal([1, 2], options.WorkerCounts());
        Assert.Equal(new Uri("http://localhost:3001"), options.Url);
    }

    [Fact]
    public void A_switch_stands_among_options_that_have_values()
    {
        var options = BenchOptions.Parse(["--dashboard", "http://localhost:8000", "--plans", "--events", "50000", "--people", "60", "--requests", "5"]);

        Assert.True(options.Plans);
        Assert.Equal(new Uri("http://localhost:8000"), options.Dashboard);
        Assert.Equal((50_000, 60, 5), (options.Events, options.People, options.Requests));
    }

    [Theory]
    [InlineData("--round", "5")]
    [InlineData("--rounds", "0")]
    [InlineData("--rounds", "many")]
    [InlineData("--connections", "64,,1")]
    [InlineData("--connections", "0")]
    [InlineData("--requests", "0")]
    [InlineData("--listeners", "-1")]
    public void An_option_that_is_unknown_or_out_of_range_is_refused(string name, string value) =>
        Assert.Throws<BenchmarkException>(() => BenchOptions.Parse([name, value]));
}
