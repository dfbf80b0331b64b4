using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using PulseBoard.Contracts;

namespace PulseBoard.Activity.Ingestion;

/// <summary>Reads events from JSON, and says of each what is wrong with it: every fault at once, each by its field.</summary>
internal sealed class EventReader(TimeProvider time, IOptions<IngestionOptions> options)
{
    // A key that stands twice has no one value; rejecting it beats choosing.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Reads one event.</summary>
    /// <param name="json">Its JSON, UTF-8; not referred to afterwards.</param>
    public ReadEvent Read(ReadOnlyMemory<byte> json)
    {
        if (json.Length > options.Value.EventBytes)
        {
            return ReadEvent.Failed(TooLarge);
        }

        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return Read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The latter for a key that is half of a surrogate pair, which the search for repeated keys cannot read.
            return ReadEvent.Failed(new(EventFault.InvalidJson, $"This is not valid JSON: {exception.Message}"));
        }
    }

    /// <summary>The fault of an event that is over the limit.</summary>
    public EventFault TooLarge =>
        new(EventFault.TooLarge, string.Create(CultureInfo.InvariantCulture, $"An event may have {options.Value.EventBytes} bytes at most."));

    private ReadEvent Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return ReadEvent.Failed(new(EventFault.NotAnObject, """An event is a JSON object, such as {"user":"alex@example.com","type":"task_created"}."""));
        }

        List<EventFault>? faults = null;
        var receivedAt = time.GetUtcNow();
        var user = ReadText(element, "user", EventLimits.UserLength, ref faults);
        var type = ReadText(element, "type", EventLimits.TypeLength, ref faults);
        var timestamp = ReadTimestamp(element, receivedAt, ref faults);
        var eventId = ReadEventId(element, ref faults);
        var data = ReadData(element, ref faults);

        // Version 7 is ordered by time, so that new rows go to the right edge of the primary key.
        return faults is null
            ? new(new(eventId ?? Guid.CreateVersion7(receivedAt), user!, type!, timestamp, data, receivedAt), [], eventId)
            : new(null, faults, eventId);
    }

    private static string? ReadText(JsonElement element, string field, int maximumLength, ref List<EventFault>? faults)
    {
        if (!TryGetValue(element, field, out var value))
        {
            (faults ??= []).Add(new(EventFault.Required, $"'{field}' is missing: it takes a text of 1 to {maximumLength} characters.", field));
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            (faults ??= []).Add(new(EventFault.NotText, $"'{field}' must be a text, not {Kind(value)}.", field));
            return null;
        }

        if (!TryGetString(value, out var text) || text.Contains('\0', StringComparison.Ordinal))
        {
            (faults ??= []).Add(new(EventFault.NotStorable, $"'{field}' has a NUL character or half of a surrogate pair, which cannot be stored.", field));
            return null;
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            (faults ??= []).Add(new(EventFault.Required, $"'{field}' is empty: it takes a text of 1 to {maximumLength} characters.", field));
            return null;
        }

        // Postgres counts code points, not UTF-16 units.
        if (text.Length > maximumLength && text.EnumerateRunes().Count() > maximumLength)
        {
            (faults ??= []).Add(new(EventFault.TooLong, $"'{field}' is longer than {maximumLength} characters.", field));
            return null;
        }

        return text;
    }

    private DateTimeOffset ReadTimestamp(JsonElement element, DateTimeOffset receivedAt, ref List<EventFault>? faults)
    {
        const string Field = "timestamp";

        if (!TryGetValue(element, Field, out var value))
        {
            return receivedAt;
        }

        if (value.ValueKind != JsonValueKind.String || !TryGetInstant(value, out var timestamp))
        {
            (faults ??= []).Add(new(EventFault.NotTimestamp, "'timestamp' must be an ISO 8601 date and time, such as 2026-11-22T09:30:00Z; without an offset it is UTC.", Field));
            return default;
        }

        var latest = receivedAt + options.Value.FutureTolerance;
        if (timestamp < DateTimeOffset.UnixEpoch || timestamp > latest)
        {
            (faults ??= []).Add(new(EventFault.OutOfRange, string.Create(CultureInfo.InvariantCulture, $"'timestamp' must lie between {DateTimeOffset.UnixEpoch:yyyy-MM-dd} and {latest:yyyy-MM-ddTHH:mm:ssZ}."), Field));
        }

        return timestamp;
    }

    private static Guid? ReadEventId(JsonElement element, ref List<EventFault>? faults)
    {
        const string Field = "event_id";

        if (!TryGetValue(element, Field, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String || !TryGetString(value, out var text) || !Guid.TryParseExact(text, "D", out var eventId))
        {
            (faults ??= []).Add(new(EventFault.NotUuid, "'event_id' must be a UUID, such as 0198c0de-0000-7000-8000-000000000001.", Field));
            return null;
        }

        return eventId;
    }

    private static string? ReadData(JsonElement element, ref List<EventFault>? faults)
    {
        const string Field = "data";

        if (!TryGetValue(element, Field, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            (faults ??= []).Add(new(EventFault.NotAnObjectField, $"'data' must be a JSON object, not {Kind(value)}.", Field));
            return null;
        }

        var json = JsonMarshal.GetRawUtf8Value(value);
        if (StorableJson.WhyNot(json) is { } reason)
        {
            (faults ??= []).Add(new(EventFault.NotStorable, $"'data' {reason}.", Field));
            return null;
        }

        return Encoding.UTF8.GetString(json);
    }

    /// <summary>An optional field that is null counts as absent.</summary>
    private static bool TryGetValue(JsonElement element, string field, out JsonElement value) =>
        element.TryGetProperty(field, out value) && value.ValueKind != JsonValueKind.Null;

    private static bool TryGetString(JsonElement value, [NotNullWhen(true)] out string? text)
    {
        try
        {
            text = value.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            // An escape such as \ud800 that is half of a surrogate pair is valid JSON, but not text.
            text = null;
            return false;
        }
    }

    private static bool TryGetInstant(JsonElement value, out DateTimeOffset instant)
    {
        try
        {
            if (value.TryGetDateTime(out var local) && local.Kind == DateTimeKind.Unspecified)
            {
                // No offset: UTC, and not this machine's time zone.
                instant = new DateTimeOffset(local, TimeSpan.Zero);
                return true;
            }

            if (value.TryGetDateTimeOffset(out instant))
            {
                instant = instant.ToUniversalTime();
                return true;
            }
        }
        catch (InvalidOperationException)
        {
            // Not text, as above.
        }

        instant = default;
        return false;
    }

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        JsonValueKind.Number => "a number",
        JsonValueKind.String => "a text",
        _ => "true or false",
    };
}
