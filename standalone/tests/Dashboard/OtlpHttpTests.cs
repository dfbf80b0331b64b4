using System.IO.Compression;
using System.Net;
using System.Text;
using Aspire.Dashboard.Otlp.Protocol;
using Google.Protobuf;
using Failure = Aspire.Dashboard.Otlp.Protocol.Rpc.Status;

namespace PulseBoard.Tests.Standalone.Dashboard;

public sealed class OtlpHttpTests
{
    [Fact]
    public async Task Each_signal_is_taken_by_http()
    {
        await using var receiver = await DashboardReceiver.StartAsync();

        using var logs = await receiver.PostAsync(Exports.Logs("web", Exports.Log("hello")));
        using var traces = await receiver.PostAsync(Exports.Spans("web", Exports.SpanOf(1, 1)));
        using var metrics = await receiver.PostAsync(Exports.Metrics("web", Exports.Gauge("depth", Exports.Point(-1, 3))));

        Assert.All([logs, traces, metrics], response =>
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal("application/x-protobuf", response.Content.Headers.ContentType?.MediaType);
        });
        var received = (await receiver.GetAsync("status")).GetProperty("received");
        Assert.Equal("""{"logs":1,"spans":1,"points":1}""", received.GetRawText());
    }

    [Fact]
    public async Task Gzip_is_taken_by_http()
    {
        await using var receiver = await DashboardReceiver.StartAsync();

        using var response = await receiver.PostAsync("logs", Zipped(Exports.Logs("web", Exports.Log("small")).ToByteArray()), encoding: "gzip");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(1, receiver.Telemetry.Logs.Counts.Kept);
    }

    [Fact]
    public async Task Json_is_refused_in_words()
    {
        await using var receiver = await DashboardReceiver.StartAsync();

        using var response = await receiver.PostAsync("traces", new StringContent("{}"), "application/json");

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Contains("http/protobuf", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(1, receiver.Telemetry.Rejections.Malformed);
    }

    [Fact]
    public async Task Other_encoding_is_refused()
    {
        await using var receiver = await DashboardReceiver.StartAsync();

        using var response = await receiver.PostAsync("logs", new ByteArrayContent([1]), encoding: "br");

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("gzip")]
    public async Task Malformed_export_is_a_bad_request(string? encoding)
    {
        await using var receiver = await DashboardReceiver.StartAsync();

        using var response = await receiver.PostAsync("metrics", new ByteArrayContent(Encoding.UTF8.GetBytes("no message at all")), encoding: encoding);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.NotEqual("", Failure.Parser.ParseFrom(await response.Content.ReadAsByteArrayAsync()).Message);
        Assert.Equal(1, receiver.Telemetry.Rejections.Malformed);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task Sender_without_the_key_is_unauthorized(string? key)
    {
        await using var receiver = await DashboardReceiver.StartAsync(key: "right");

        using var response = await receiver.PostAsync("logs", new ByteArrayContent([]), key: key);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(1, receiver.Telemetry.Rejections.Unauthorized);
    }

    [Fact]
    public async Task Sender_with_the_key_is_taken()
    {
        await using var receiver = await DashboardReceiver.StartAsync(key: "right");

        using var response = await receiver.PostAsync("logs", new ByteArrayContent([]), key: "right");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Export_over_the_limit_is_too_large()
    {
        await using var receiver = await DashboardReceiver.StartAsync(new() { RequestBytes = 100_000 });

        using var told = await receiver.PostAsync("logs", new ByteArrayContent(new byte[100_001]));
        using var streamed = await receiver.PostAsync("logs", new StreamContent(new Endless(100_001)));
        using var hidden = await receiver.PostAsync("logs", Zipped(new byte[100_001]), encoding: "gzip");

        Assert.All([told, streamed, hidden], response => Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode));
        Assert.Equal(3, receiver.Telemetry.Rejections.TooLarge);
    }

    [Fact]
    public async Task Span_without_ids_is_answered_as_rejected_by_http()
    {
        await using var receiver = await DashboardReceiver.StartAsync();
        var nameless = Exports.SpanOf(1, 1);
        nameless.TraceId = ByteString.Empty;

        using var response = await receiver.PostAsync(Exports.Spans("web", nameless));

        var answer = ExportTraceServiceResponse.Parser.ParseFrom(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(1, answer.PartialSuccess.RejectedSpans);
    }

    private static ByteArrayContent Zipped(byte[] body)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest))
        {
            gzip.Write(body);
        }

        return new(buffer.ToArray());
    }

    /// <summary>Zeros whose number is not told beforehand.</summary>
    private sealed class Endless(int length) : MemoryStream(new byte[length])
    {
        public override bool CanSeek => false;
    }
}
