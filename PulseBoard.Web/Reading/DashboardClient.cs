using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using PulseBoard.Contracts;
using PulseBoard.Web.Live;

namespace PulseBoard.Web.Reading;

/// <summary>What Web asks of the Dashboard.</summary>
internal sealed class DashboardClient(HttpClient http)
{
    private const string CacheStatus = "X-Cache-Status";
    private const string Stale = "STALE";

    /// <summary>Asks a question.</summary>
    /// <param name="question">Path and query, escaped.</param>
    /// <param name="known">The tag of the answer that is there already, or null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="HttpRequestException">The Dashboard is away, or cannot answer now.</exception>
    /// <exception cref="QuestionException">It does not answer such a question.</exception>
    /// <exception cref="JsonException">It answered what cannot be read.</exception>
    public async Task<Answered<T>> AskAsync<T>(string question, EntityTagHeaderValue? known, CancellationToken cancellationToken)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, question);
        if (known is not null)
        {
            // Asked anew because it has changed: an answer that is behind would only have to be asked for once more.
            request.Headers.IfNoneMatch.Add(known);
            request.Headers.CacheControl = new() { NoCache = true };
        }

        using var response = await http.SendAsync(request, cancellationToken);
        var isBehind = response.Headers.TryGetValues(CacheStatus, out var status) && status.Contains(Stale, StringComparer.Ordinal);
        if (response.StatusCode == HttpStatusCode.NotModified)
        {
            return new(null, known, isBehind);
        }

        if (IsRefusal(response.StatusCode))
        {
            throw new QuestionException(await ReadProblemAsync(response, cancellationToken));
        }

        response.EnsureSuccessStatusCode();
        var value = await response.Content.ReadFromJsonAsync<T>(ApiJson.Options, cancellationToken) ?? throw new JsonException("The answer is null.");
        return new(value, response.Headers.ETag, isBehind);
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

    // What is wrong with the question stays wrong; a missing key is the installation's fault, and may be mended.
    private static bool IsRefusal(HttpStatusCode status) => status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound;

    private static async Task<string> ReadProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var problem = await response.Content.ReadFromJsonAsync<JsonElement>(ApiJson.Options, cancellationToken);
            return problem.TryGetProperty("detail", out var detail) && detail.GetString() is { Length: > 0 } text ? text : problem.GetProperty("title").GetString()!;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return $"The Dashboard refuses the question: {(int)response.StatusCode}.";
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
        JsonSerializer.Deserialize<T>(data, ApiJson.Options) ?? throw new JsonException($"{typeof(T).Name} is null.");
}
