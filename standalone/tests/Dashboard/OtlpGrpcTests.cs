using Aspire.Dashboard.Otlp.Protocol;
using Grpc.Core;

namespace PulseBoard.Tests.Standalone.Dashboard;

public sealed class OtlpGrpcTests
{
    [Fact]
    public async Task Logs_are_taken_by_grpc()
    {
        await using var receiver = await DashboardReceiver.StartAsync();

        var response = await receiver.CallAsync(Exports.Logs("web", Exports.Log("hello")), ExportLogsServiceResponse.Parser);

        Assert.Null(response.PartialSuccess);
        Assert.Equal("hello", (await receiver.GetAsync("logs")).GetProperty("logs")[0].GetProperty("message").GetString());
    }

    [Fact]
    public async Task Traces_are_taken_by_grpc()
    {
        await using var receiver = await DashboardReceiver.StartAsync();

        var response = await receiver.CallAsync(Exports.Spans("web", Exports.SpanOf(1, 1, name: "GET /")), ExportTraceServiceResponse.Parser);

        Assert.Null(response.PartialSuccess);
        Assert.Equal("GET /", (await receiver.GetAsync("traces")).GetProperty("traces")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Metrics_are_taken_by_grpc()
    {
        await using var receiver = await DashboardReceiver.StartAsync();

        var response = await receiver.CallAsync(Exports.Metrics("web", Exports.Gauge("depth", Exports.Point(-1, 3))), ExportMetricsServiceResponse.Parser);

        Assert.Null(response.PartialSuccess);
        Assert.Equal("web", (await receiver.GetAsync("metrics")).GetProperty("resources")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Gzip_is_taken_by_grpc()
    {
        await using var receiver = await DashboardReceiver.StartAsync();

        await receiver.CallAsync(Exports.Logs("web", Exports.Log("small")), ExportLogsServiceResponse.Parser, encoding: "gzip");

        Assert.Equal(1, receiver.Telemetry.Logs.Counts.Kept);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task Sender_without_the_key_is_refused_by_grpc(string? key)
    {
        await using var receiver = await DashboardReceiver.StartAsync(key: "right");

        var refused = await Assert.ThrowsAsync<RpcException>(() => receiver.CallAsync("logs", [], key));

        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
        Assert.Equal(1, receiver.Telemetry.Rejections.Unauthorized);
    }

    [Fact]
    public async Task Sender_with_the_key_is_taken_by_grpc()
    {
        await using var receiver = await DashboardReceiver.StartAsync(key: "right");

        await receiver.CallAsync(Exports.Logs("web", Exports.Log("hello")), ExportLogsServiceResponse.Parser, "right");

        Assert.Equal(1, receiver.Telemetry.Logs.Counts.Kept);
    }

    [Theory]
    [InlineData("logs")]
    [InlineData("traces")]
    [InlineData("metrics")]
    public async Task Malformed_export_is_an_invalid_argument_by_grpc(string signal)
    {
        await using var receiver = await DashboardReceiver.StartAsync();

        var refused = await Assert.ThrowsAsync<RpcException>(() => receiver.CallAsync(signal, [0x0a, 0x7f, 0x01]));

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Equal(1, receiver.Telemetry.Rejections.Malformed);
    }

    [Fact]
    public async Task Export_over_the_limit_exhausts_resources_by_grpc()
    {
        await using var receiver = await DashboardReceiver.StartAsync(new() { RequestBytes = 1_000 });

        var refused = await Assert.ThrowsAsync<RpcException>(() => receiver.CallAsync("logs", new byte[1_001]));

        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
        await Eventually.BecomesAsync(
            "the refusal to be counted", () => Task.FromResult(receiver.Telemetry.Rejections.TooLarge), counted => counted == 1);
    }

    [Fact]
    public async Task Span_without_ids_is_answered_as_rejected()
    {
        await using var receiver = await DashboardReceiver.StartAsync();
        var nameless = Exports.SpanOf(1, 1);
        nameless.SpanId = Google.Protobuf.ByteString.CopyFrom(1, 2, 3);

        var response = await receiver.CallAsync(Exports.Spans("web", Exports.SpanOf(1, 2), nameless), ExportTraceServiceResponse.Parser);

        Assert.Equal(1, response.PartialSuccess.RejectedSpans);
        Assert.NotEqual("", response.PartialSuccess.ErrorMessage);
        Assert.Equal((2, 1), (receiver.Telemetry.Traces.Counts.Spans.Received, receiver.Telemetry.Traces.Counts.Spans.Dropped));
    }

    [Fact]
    public async Task Points_that_cannot_be_kept_are_answered_as_rejected()
    {
        await using var receiver = await DashboardReceiver.StartAsync();
        var valueless = new NumberDataPoint { TimeUnixNano = Exports.At(-1) };
        var torn = Exports.Buckets(-1, [1, 2], 1, 1);

        var response = await receiver.CallAsync(
            Exports.Metrics(
                "web",
                Exports.Gauge("depth", Exports.Point(-1, 3), valueless),
                Exports.Histogram("size", AggregationTemporality.Cumulative, torn),
                Exports.Sum("sum", AggregationTemporality.Unspecified, true, Exports.Point(-1, 1))),
            ExportMetricsServiceResponse.Parser);

        Assert.Equal(3, response.PartialSuccess.RejectedDataPoints);
        Assert.Equal((4, 1), (receiver.Telemetry.Metrics.Counts.Received, receiver.Telemetry.Metrics.Counts.Kept));
    }

    [Fact]
    public async Task Point_that_marks_a_gap_is_nothing_wrong()
    {
        await using var receiver = await DashboardReceiver.StartAsync();

        var response = await receiver.CallAsync(
            Exports.Metrics("web", Exports.Gauge("depth", new NumberDataPoint { TimeUnixNano = Exports.At(-1), Flags = 1 })),
            ExportMetricsServiceResponse.Parser);

        Assert.Null(response.PartialSuccess);
        Assert.Equal(0, receiver.Telemetry.Metrics.Counts.Received);
    }
}
