using PulseBoard.Bench;
using PulseBoard.Bench.Scenarios;

namespace PulseBoard.Tests.Bench;

public sealed class MeasuredSystemTests
{
    [Fact]
    public async Task A_system_that_runs_already_is_measured_where_it_is_and_not_stopped()
    {
        await using var system = await OpenAsync(new() { Dashboard = new("http://localhost:8000"), Database = "Host=localhost" });

        Assert.Equal((new Uri("http://localhost:8000"), "Host=localhost", false), (system.Dashboard, system.Database, system.IsOwn));
        Assert.Throws<BenchmarkException>(() => system.Own);
    }

    [Fact]
    public async Task What_the_command_line_does_not_name_is_not_measured()
    {
        await using var reading = await OpenAsync(new() { Dashboard = new("http://localhost:8000"), Database = "Host=localhost" });
        await using var writing = await OpenAsync(new() { Url = new("http://localhost:3001") });

        Assert.Throws<BenchmarkException>(() => reading.Activity);
        Assert.Throws<BenchmarkException>(() => writing.Dashboard);
        Assert.Throws<BenchmarkException>(() => writing.Web);
        Assert.Null(writing.Database);
    }

    [Fact]
    public async Task Pages_that_are_open_to_this_machine_are_measured_where_they_are()
    {
        await using var system = await OpenAsync(new() { Web = new("http://localhost:3000") });

        Assert.Equal((new Uri("http://localhost:3000"), false), (system.Web, system.IsOwn));
    }

    [Fact]
    public async Task Another_machine_is_not_measured() =>
        await Assert.ThrowsAsync<BenchmarkException>(() => OpenAsync(new() { Dashboard = new("http://192.0.2.1:8000"), Database = "Host=localhost" }));

    private static Task<MeasuredSystem> OpenAsync(BenchOptions options) => MeasuredSystem.OpenAsync(options, CancellationToken.None);
}
