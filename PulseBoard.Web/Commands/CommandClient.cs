using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text;
using System.Text.Json;

namespace PulseBoard.Web.Commands;

/// <summary>What people on a page have the two APIs do. It goes out once: whether it may be repeated is for who asked.</summary>
internal sealed class CommandClient(ServiceAddresses addresses) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _activity = ApiClients.Create(addresses.Activity);
    private readonly HttpClient _dashboard = ApiClients.Create(addresses.Dashboard);

    /// <summary>The JSON of a command.</summary>
    public static HttpContent Of(object body) => Of(JsonSerializer.Serialize(body, ApiJson.Options));

    /// <summary>A command that is JSON already, or should be: the API says what is wrong with it.</summary>
    public static HttpContent Of(string json) => new StringContent(json, Encoding.UTF8, MediaTypeNames.Application.Json);

    /// <summary>Sends an event.</summary>
    /// <param name="content">The event.</param>
    /// <param name="key">The ingestion key; null where none is asked for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<CommandAnswer> SendEventAsync(HttpContent content, string? key, CancellationToken cancellationToken) =>
        SendAsync(_activity, HttpMethod.Post, "api/activity", content, key, cancellationToken);

    /// <summary>Asks what has become of an event, which the key that sent it may.</summary>
    /// <param name="eventId">The event.</param>
    /// <param name="key">The ingestion key; null where none is asked for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<CommandAnswer> FindEventAsync(Guid eventId, string? key, CancellationToken cancellationToken) =>
        SendAsync(_activity, HttpMethod.Get, $"api/activity/{eventId}", null, key, cancellationToken);

    /// <summary>Has the Dashboard change something.</summary>
    /// <param name="method">The verb.</param>
    /// <param name="path">The path, escaped.</param>
    /// <param name="content">The body; null is none.</param>
    /// <param name="token">The administrator token; null where none is asked for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<CommandAnswer> AdministerAsync(HttpMethod method, string path, HttpContent? content, string? token, CancellationToken cancellationToken) =>
        SendAsync(_dashboard, method, path, content, token, cancellationToken);

    public void Dispose()
    {
        _activity.Dispose();
        _dashboard.Dispose();
    }

    private static async Task<CommandAnswer> SendAsync(
        HttpClient client, HttpMethod method, string path, HttpContent? content, string? key, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(Patience);
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        try
        {
            using var response = await client.SendAsync(request, limited.Token);
            return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(limited.Token));
        }
        catch (Exception exception) when (
            exception is HttpRequestException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return new(null, "");
        }
    }
}
