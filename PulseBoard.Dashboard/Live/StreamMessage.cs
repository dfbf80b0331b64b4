using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PulseBoard.Dashboard.Live;

/// <summary>Server-sent events as bytes, made once for all listeners.</summary>
internal static class StreamMessage
{
    /// <summary>A message: lines <c>event: …</c>, <c>id: …</c> and <c>data: …</c>, then an empty one.</summary>
    /// <param name="eventType">The name of the event.</param>
    /// <param name="id">What the client will name in <c>Last-Event-ID</c>; null leaves it at what it was.</param>
    /// <param name="data">What is told, as JSON.</param>
    /// <param name="json">How; on one line.</param>
    public static byte[] Create<T>(string eventType, long? id, T data, JsonSerializerOptions json)
    {
        var message = new ArrayBufferWriter<byte>();
        Encoding.UTF8.GetBytes($"event: {eventType}\n", message);
        if (id is { } known)
        {
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {known}\n"), message);
        }

        message.Write("data: "u8);
        message.Write(JsonSerializer.SerializeToUtf8Bytes(data, json));
        message.Write("\n\n"u8);
        return message.WrittenSpan.ToArray();
    }

    /// <summary>Says when to come back after the stream's end; no event of its own.</summary>
    public static byte[] Retry(TimeSpan time) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"retry: {(long)time.TotalMilliseconds}\n\n"));
}
