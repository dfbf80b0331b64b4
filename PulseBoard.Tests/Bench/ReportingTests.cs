using System.Text.Json;
using PulseBoard.Bench.Reporting;
using PulseBoard.Bench.Scenarios;

namespace PulseBoard.Tests.Bench;

public sealed class ReportingTests
{
    [Fact]
    public void A_figure_meets_its_goal_at_the_bound_and_on_the_better_side()
    {
        Assert.True(new Measure("rate", 16_000, "events/s", Goal.AtLeast(16_000)).Met);
        Assert.False(new Measure("rate", 15_999, "events/s", Goal.AtLeast(16_000)).Met);
        Assert.True(new Measure("p99", 40, "ms", Goal.AtMost(40)).Met);
        Assert.False(new Measure("p99", 40.1, "ms", Goal.AtMost(40)).Met);
        Assert.Null(new Measure("limit", 1, "").Met);
    }

    [Theory]
    [InlineData(new[] { 3.0 }, 3)]
    [InlineData(new[] { 9.0, 1.0, 2.0 }, 2)]
    [InlineData(new[] { 4.0, 1.0, 2.0, 9.0 }, 3)]
    public void The_median_is_in_the_middle(double[] rounds, double median) => Assert.Equal(median, Median.Of(rounds, round => round));

    [Fact]
    public async Task The_written_report_has_the_machine_the_measures_and_whether_they_are_met()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "report.json");
        var report = new Report("single");
        report.Add(new("p99", 41, "ms", Goal.AtMost(40)));
        var machine = new MachineDescription(2, "a processor", 4_096, "a kernel", "a runtime", new Dictionary<string, string> { ["Postgres"] = "15" }, "abc");

        await report.WriteAsync(file, machine, DateTimeOffset.UnixEpoch, CancellationToken.None);

        using var written = JsonDocument.Parse(await File.ReadAllTextAsync(file));
        var measure = written.RootElement.GetProperty("measures")[0];
        Assert.Equal("single", written.RootElement.GetProperty("scenario").GetString());
        Assert.Equal(2, written.RootElement.GetProperty("machine").GetProperty("cores").GetInt32());
        Assert.Equal("15", written.RootElement.GetProperty("machine").GetProperty("servers").GetProperty("Postgres").GetString());
        Assert.Equal((41, 40), (measure.GetProperty("figure").GetDouble(), measure.GetProperty("goal").GetProperty("bound").GetDouble()));
        Assert.False(measure.GetProperty("met").GetBoolean());
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }
}
