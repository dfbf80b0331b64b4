using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;

namespace PulseBoard.Tests.Telemetry;

/// <summary>A post whose trace is known beforehand, as that of a client that traces itself.</summary>
internal sealed record TracedPost(string TraceId, HttpStatusCode Status)
{
    public static Task<TracedPost> SendAsync(HttpClient client, object activityEvent) =>
        SendAsync(client, JsonSerializer.Serialize(activityEvent));

    public static async Task<TracedPost> SendAsync(HttpClient client, string json)
    {
        var traceId = ActivityTraceId.CreateRandom();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/activity")
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("traceparent", $"00-{traceId}-{ActivitySpanId.CreateRandom()}-01");
        using var response = await client.SendAsync(request);
        return new(traceId.ToHexString(), response.StatusCode);
    }
}
