using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using PulseBoard.Contracts;

namespace PulseBoard.Web.Live;

/// <summary>The two calls that Web makes of the Dashboard.</summary>
internal sealed class DashboardClient(HttpClient http)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    public async Task<IReadOnlyList<UserSummary>> GetSummaryAsync(CancellationToken cancellationToken)
    {
        // Read because something changed: an answer that is a moment behind would stay on the page until the next change.
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/metrics/summary");
        request.Headers.CacheControl = new() { NoCache = true };
        using var response = await http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<UserSummary[]>(Json, cancellationToken) ?? throw new JsonException("The summary is null.");
    }

    /// <summary>The announcements of one connection, until the Dashboard ends it or it breaks.</summary>
    /// <returns>One for each message of a kind that is known here, as it arrives.</returns>
    public async IAsyncEnumerable<MetricsAnnouncement> StreamAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync("api/metrics/stream", HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();

        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);

        await foreach (var item in SseParser.Create(body, Parse).EnumerateAsync(cancellationToken))
        {
            if (item.Data is { } announcement)
            {
                yield return announcement;
            }
        }
    }

    private static MetricsAnnouncement? Parse(string eventType, ReadOnlySpan<byte> data) => eventType switch
    {
        MetricsChanged.EventType => new(Deserialize<MetricsChanged>(data).Version, IsChange: true),
        MetricsHeartbeat.EventType => new(Deserialize<MetricsHeartbeat>(data).Version, IsChange: false),
        // A kind of event that a newer Dashboard may send.
        _ => null,
    };

    private static T Deserialize<T>(ReadOnlySpan<byte> data) =>
        JsonSerializer.Deserialize<T>(data, Json) ?? throw new JsonException($"{typeof(T).Name} is null.");
}
