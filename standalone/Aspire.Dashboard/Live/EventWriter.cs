using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Aspire.Dashboard.Live;

/// <summary>Writes server-sent events, each sent at once.</summary>
internal sealed class EventWriter
{
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(15);

    private readonly HttpResponse _response;
    private readonly TimeProvider _time;
    private long _written;

    public EventWriter(HttpResponse response, TimeProvider time)
    {
        (_response, _time, _written) = (response, time, time.GetTimestamp());
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
    }

    /// <summary>Answers, before there is anything to tell.</summary>
    public Task OpenAsync(CancellationToken cancellationToken) => SendAsync(":\n\n", cancellationToken);

    /// <summary>Writes an event.</summary>
    /// <param name="name">Its name; null: a message.</param>
    /// <param name="data">Its data, as JSON.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task WriteAsync<T>(string? name, T data, CancellationToken cancellationToken) =>
        SendAsync($"{(name is null ? "" : $"event: {name}\n")}data: {JsonSerializer.Serialize(data, JsonSerializerOptions.Web)}\n\n", cancellationToken);

    /// <summary>Writes a comment where nothing was written for a while, which tells whether the other end is still there.</summary>
    public Task KeepAliveAsync(CancellationToken cancellationToken) =>
        _time.GetElapsedTime(_written) < LongestSilence ? Task.CompletedTask : SendAsync(":\n\n", cancellationToken);

    private async Task SendAsync(string text, CancellationToken cancellationToken)
    {
        await _response.WriteAsync(text, cancellationToken);
        await _response.Body.FlushAsync(cancellationToken);
        _written = _time.GetTimestamp();
    }
}
