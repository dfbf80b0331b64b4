using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.EndToEnd;

[Collection(ApplicationCollection.Name)]
public sealed class TelemetryTests(PulseBoardApplication application)
{
    [Theory]
    [InlineData("activity", "commit events")]
    [InlineData("activity", "publish batch")]
    [InlineData("analytics", "count batches")]
    public async Task The_trace_of_a_post_runs_through_to_the_rollup(string service, string span)
    {
        var traceId = ActivityTraceId.CreateRandom();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/activity")
        {
            Content = JsonContent.Create(new { user = PulseBoardApplication.NewUser(), type = "task_created" }),
        };
        request.Headers.Add("traceparent", $"00-{traceId}-{ActivitySpanId.CreateRandom()}-01");
        using var response = await application.Activity.SendAsync(request);
        response.EnsureSuccessStatusCode();

        await Eventually.BecomesAsync(
            $"'{span}' of {service} in the trace",
            () => Task.FromResult(application.Telemetry.Has(
                "traces", Convert.FromHexString(traceId.ToHexString()), ServiceName(service), Encoding.UTF8.GetBytes(span))),
            found => found);
    }

    [Theory]
    [InlineData("activity", "http.server.request.duration")]
    [InlineData("analytics", "db.client.connection.count")]
    [InlineData("dashboard", "http.server.request.duration")]
    [InlineData("web", "http.client.request.duration")]
    public async Task Every_service_exports_its_metrics(string service, string instrument) =>
        await Eventually.BecomesAsync(
            $"{instrument} of {service}",
            () => Task.FromResult(application.Telemetry.Has("metrics", ServiceName(service), Encoding.UTF8.GetBytes(instrument))),
            found => found);

    [Theory]
    [InlineData("migrator")]
    [InlineData("activity")]
    [InlineData("analytics")]
    [InlineData("dashboard")]
    [InlineData("web")]
    public async Task Every_service_exports_its_logs(string service) =>
        await Eventually.BecomesAsync(
            $"logs of {service}",
            () => Task.FromResult(application.Telemetry.Has("logs", ServiceName(service))),
            found => found);

    /// <summary>
    /// The resource attribute as OTLP encodes it, since the name alone stands in addresses too:
    /// KeyValue { 1: "service.name", 2: AnyValue { 1: name } }.
    /// </summary>
    private static byte[] ServiceName(string name) =>
        [0x0A, 12, .. "service.name"u8, 0x12, (byte)(name.Length + 2), 0x0A, (byte)name.Length, .. Encoding.UTF8.GetBytes(name)];
}
