using System.Text;
using System.Text.Json;

namespace PulseBoard.Web.Components.Sending;

/// <summary>An event as somebody types it. What is wrong with it the API says, but for what would not even be JSON.</summary>
internal sealed record EventDraft(string User, string Type, string Timestamp, string Data)
{
    public static EventDraft Empty { get; } = new("", "", "", "");

    /// <summary>What is sent.</summary>
    /// <param name="eventId">Its idempotency key.</param>
    /// <exception cref="JsonException">The data is not JSON.</exception>
    public string ToJson(Guid eventId)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            writer.WriteString("event_id", eventId);
            writer.WriteString("user", User);
            writer.WriteString("type", Type);
            if (!string.IsNullOrWhiteSpace(Timestamp))
            {
                writer.WriteString("timestamp", Timestamp.Trim());
            }

            if (!string.IsNullOrWhiteSpace(Data))
            {
                // As it was typed: the API is to see what the person sees.
                writer.WritePropertyName("data");
                writer.WriteRawValue(Data);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
