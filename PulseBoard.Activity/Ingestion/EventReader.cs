using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using PulseBoard.Contracts;

namespace PulseBoard.Activity.Ingestion;

/// <summary>Reads events from JSON, and says of each what is wrong with it: every fault at once, each by its field.</summary>
internal sealed class EventReader(TimeProvider time, IOptions<IngestionOptions> options)
{
    // A key that stands twice has no one value; rejecting it beats choosing.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Reads one event from a request's body.</summary>
    /// <exception cref="BadHttpRequestException">The body is over the limit, or broke off.</exception>
    public async Task<(ActivityEvent? Event, IReadOnlyList<EventFault> Faults)> ReadAsync(
        Stream body, CancellationToken cancellationToken)
    {
        JsonDocument document;
        try
        {
            document = await JsonDocument.ParseAsync(body, Strict, cancellationToken);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The latter for a key that is half of a surrogate pair, which the search for repeated keys cannot read.
            return (null, [new(EventFault.InvalidJson, $"The body is not valid JSON: {exception.Message}")]);
        }

        using (document)
        {
            var faults = new List<EventFault>();
            return (Read(document.RootElement, faults), faults);
        }
    }

    private ActivityEvent? Read(JsonElement element, List<EventFault> faults)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            faults.Add(new(EventFault.NotAnObject, """An event is a JSON object, such as {"user":"alex@example.com","type":"task_created"}."""));
            return null;
        }

        var receivedAt = time.GetUtcNow();
        var user = ReadText(element, "user", EventLimits.UserLength, faults);
        var type = ReadText(element, "type", EventLimits.TypeLength, faults);
        var timestamp = ReadTimestamp(element, receivedAt, faults);
        var eventId = ReadEventId(element, receivedAt, faults);
        var data = ReadData(element, faults);

        return faults.Count == 0 ? new(eventId, user!, type!, timestamp, data, receivedAt) : null;
    }

    private static string? ReadText(JsonElement element, string field, int maximumLength, List<EventFault> faults)
    {
        if (!TryGetValue(element, field, out var value))
        {
            faults.Add(new(EventFault.Required, $"'{field}' is missing: it takes a text of 1 to {maximumLength} characters.", field));
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            faults.Add(new(EventFault.NotText, $"'{field}' must be a text, not {Kind(value)}.", field));
            return null;
        }

        if (!TryGetString(value, out var text) || text.Contains('\0', StringComparison.Ordinal))
        {
            faults.Add(new(EventFault.NotStorable, $"'{field}' has a NUL character or half of a surrogate pair, which cannot be stored.", field));
            return null;
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            faults.Add(new(EventFault.Required, $"'{field}' is empty: it takes a text of 1 to {maximumLength} characters.", field));
            return null;
        }

        // Postgres counts code points, not UTF-16 units.
        if (text.Length > maximumLength && text.EnumerateRunes().Count() > maximumLength)
        {
            faults.Add(new(EventFault.TooLong, $"'{field}' is longer than {maximumLength} characters.", field));
            return null;
        }

        return text;
    }

    private DateTimeOffset ReadTimestamp(JsonElement element, DateTimeOffset receivedAt, List<EventFault> faults)
    {
        const string Field = "timestamp";

        if (!TryGetValue(element, Field, out var value))
        {
            return receivedAt;
        }

        if (value.ValueKind != JsonValueKind.String || !TryGetInstant(value, out var timestamp))
        {
            faults.Add(new(EventFault.NotTimestamp, "'timestamp' must be an ISO 8601 date and time, such as 2026-11-22T09:30:00Z; without an offset it is UTC.", Field));
            return default;
        }

        var latest = receivedAt + options.Value.FutureTolerance;
        if (timestamp < DateTimeOffset.UnixEpoch || timestamp > latest)
        {
            faults.Add(new(EventFault.OutOfRange, string.Create(CultureInfo.InvariantCulture, $"'timestamp' must lie between {DateTimeOffset.UnixEpoch:yyyy-MM-dd} and {latest:yyyy-MM-ddTHH:mm:ssZ}."), Field));
        }

        return timestamp;
    }

    private static Guid ReadEventId(JsonElement element, DateTimeOffset receivedAt, List<EventFault> faults)
    {
        const string Field = "event_id";

        if (!TryGetValue(element, Field, out var value))
        {
            // Version 7 is ordered by time, so that new rows go to the right edge of the primary key.
            return Guid.CreateVersion7(receivedAt);
        }

        if (value.ValueKind != JsonValueKind.String || !TryGetString(value, out var text) || !Guid.TryParseExact(text, "D", out var eventId))
        {
            faults.Add(new(EventFault.NotUuid, "'event_id' must be a UUID, such as 0198c0de-0000-7000-8000-000000000001.", Field));
            return default;
        }

        return eventId;
    }

    private static string? ReadData(JsonElement element, List<EventFault> faults)
    {
        const string Field = "data";

        if (!TryGetValue(element, Field, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            faults.Add(new(EventFault.NotAnObjectField, $"'data' must be a JSON object, not {Kind(value)}.", Field));
            return null;
        }

        try
        {
            return value.GetRawText();
        }
        catch (InvalidOperationException)
        {
            faults.Add(new(EventFault.NotStorable, "'data' is not valid UTF-8.", Field));
            return null;
        }
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
