using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace PulseBoard.Tests.Standalone.Dashboard;

public sealed class TelemetryStatusTests
{
    [Fact]
    public async Task Status_tells_limits_and_what_was_refused()
    {
        await using var receiver = await DashboardReceiver.StartAsync(new() { RequestBytes = 1_000 });
        using var malformed = await receiver.PostAsync("logs", new ByteArrayContent([0x0a, 0x7f]));
        using var tooLarge = await receiver.PostAsync("logs", new ByteArrayContent(new byte[1_001]));

        var status = await receiver.GetAsync("status");

        Assert.Equal(
            """{"logs":{"kept":0,"limit":10000,"dropped":0},"traces":{"kept":0,"limit":10000,"dropped":0},"spans":{"kept":0,"limitPerTrace":1000,"dropped":0},"metrics":{"kept":0,"limitPerResource":50000,"dropped":0},"rejected":{"unauthorized":0,"malformed":1,"tooLarge":1},"received":{"logs":0,"spans":0,"points":0}}""",
            status.GetRawText());
    }

    [Theory]
    [InlineData("logs")]
    [InlineData("traces")]
    [InlineData("metrics")]
    public async Task What_is_cleared_is_gone_and_the_rest_stays(string what)
    {
        await using var receiver = await DashboardReceiver.StartAsync();
        await receiver.TakeAsync(
            Exports.Logs("web", Exports.Log("hello")),
            Exports.Spans("web", Exports.SpanOf(1, 1)),
            Exports.Metrics("web", Exports.Gauge("depth", Exports.Point(-1, 3))));
        var telemetry = receiver.Telemetry;
        var before = (telemetry.LogsVersion, telemetry.TracesVersion, telemetry.MetricsVersion);

        using var response = await receiver.Http.PostAsync($"/api/clear?what={what}", null);

        Assert.Equal("{}", await response.Content.ReadAsStringAsync());
        Assert.Equal(
            (what == "logs" ? 0 : 1, what == "traces" ? 0 : 1, what == "traces" ? 0 : 1, what == "metrics" ? 0 : 1),
            (telemetry.Logs.Counts.Kept, telemetry.Traces.Counts.Traces.Kept, telemetry.Traces.Counts.Spans.Kept, telemetry.Metrics.Counts.Kept));
        Assert.Equal(
            (what == "logs", what == "traces", what == "metrics"),
            (telemetry.LogsVersion > before.LogsVersion, telemetry.TracesVersion > before.TracesVersion, telemetry.MetricsVersion > before.MetricsVersion));
    }

    [Fact]
    public async Task Nothing_else_can_be_cleared()
    {
        await using var receiver = await DashboardReceiver.StartAsync();

        using var response = await receiver.Http.PostAsync("/api/clear?what=all", null);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("invalid_what", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Senders_and_readers_do_not_wait_for_each_other()
    {
        await using var receiver = await DashboardReceiver.StartAsync(new() { Logs = 50, Traces = 5, SpansPerTrace = 10, PointsPerResource = 20 });

        await Parallel.ForAsync(0, 40, async (number, _) =>
        {
            await receiver.TakeAsync(
                Exports.Logs("web", [.. Enumerable.Range(0, 10).Select(log => Exports.Log($"{log}"))]),
                Exports.Spans("web", [.. Enumerable.Range(1, 15).Select(id => Exports.SpanOf(number + 1, id))]),
                Exports.Metrics("web", $"{number}", [Exports.Counter("things", Exports.Point(-2, 1), Exports.Point(-1, 2))]));
            await receiver.GetAsync("logs?text=1");
            await receiver.GetAsync("traces?text=1");
            await receiver.GetAsync("metrics");
        });

        var received = (await receiver.GetAsync("status")).GetProperty("received");
        Assert.Equal("""{"logs":400,"spans":600,"points":80}""", received.GetRawText());
        var (traces, spans) = receiver.Telemetry.Traces.Counts;
        Assert.Equal((50, 5, 50, 20), (receiver.Telemetry.Logs.Counts.Kept, traces.Kept, spans.Kept, receiver.Telemetry.Metrics.Counts.Kept));
    }
}
