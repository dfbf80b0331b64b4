using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using PulseBoard.Contracts;
using PulseBoard.ServiceDefaults;
using PulseBoard.ServiceDefaults.Descriptions;

namespace PulseBoard.Activity.Ingestion;

/// <summary>What the API's description says of requests that are read by hand: what is sent, answered and refused.</summary>
internal static class ActivityDescriptions
{
    private const string User = "alex@example.com";

    private static readonly Guid EventId = Guid.Parse("019aa0f3-5c1e-7d52-9b0e-3f6f2f0c9a11");
    private static readonly Guid OtherId = Guid.Parse("019aa0f3-5c1f-7a08-8c41-b27d90e15f6c");
    private static readonly DateTimeOffset Timestamp = new(2026, 11, 22, 17, 42, 10, TimeSpan.Zero);

    public static ActivityRequest Event { get; } = new(
        User, ActivityTypes.TaskCompleted, new JsonObject { ["task_id"] = "PB-1284" }, Timestamp, EventId);

    public static ActivityReceipt Receipt { get; } = new(ActivityReceipt.Received, EventId);

    public static StoredActivity Stored { get; } = new(
        EventId,
        User,
        ActivityTypes.TaskCompleted,
        Timestamp,
        Timestamp.AddMilliseconds(184),
        Counted: true,
        StoredActivity.IsCounted,
        JsonElement.Parse("""{"task_id": "PB-1284"}"""));

    public static ActivityRequest[] Batch { get; } = [Event, Event with { Type = "comment_added", EventId = OtherId }];

    public static ActivityBatchReceipt BatchStored { get; } = new(
        Accepted: 2,
        Duplicates: 0,
        Rejected: 0,
        [new(0, EventId, ActivityBatchResult.Accepted), new(1, OtherId, ActivityBatchResult.Accepted)]);

    public static ActivityBatchReceipt BatchStoredInPart { get; } = new(
        Accepted: 0,
        Duplicates: 1,
        Rejected: 1,
        [
            new(0, EventId, ActivityBatchResult.Duplicate),
            new(1, null, ActivityBatchResult.Rejected, EventFault.Required, "'type' is missing: it takes a text of 1 to 50 characters.", "type"),
        ]);

    private static ProblemHttpResult[] Encodings =>
    [
        Of(400, Refusal.InvalidEncoding, "The body is not packed as its header Content-Encoding says, or broke off. Nothing was taken."),
        Of(400, Refusal.BrokenOff, "The body ended before it was complete. Nothing was taken: send it again."),
        Of(415, Refusal.UnsupportedEncoding, "Content-Encoding may be one of gzip, br, deflate and zstd, or absent."),
    ];

    /// <summary>What is answered to an event that is not taken, and what Activity answers while it cannot store.</summary>
    public static ProblemHttpResult[] OfEvents =>
    [
        Of(400, EventFault.Required, "'type' is missing: it takes a text of 1 to 50 characters.", "type"),
        Of(400, EventFault.NotText, "'user' must be a text, not a number.", "user"),
        Of(400, EventFault.TooLong, "'type' is longer than 50 characters.", "type"),
        Of(400, EventFault.NotStorable, "'user' has a NUL character or half of a surrogate pair, which cannot be stored.", "user"),
        Of(400, EventFault.NotAnObjectField, "'data' must be a JSON object, not a text.", "data"),
        Of(400, EventFault.NotUuid, "'event_id' must be a UUID, such as 0198c0de-0000-7000-8000-000000000001.", "event_id"),
        Of(400, EventFault.NotTimestamp, "'timestamp' must be an ISO 8601 date and time, such as 2026-11-22T09:30:00Z; without an offset it is UTC.", "timestamp"),
        Of(400, EventFault.OutOfRange, "'timestamp' must lie between 1970-01-01 and 2026-11-23T17:42:10Z.", "timestamp"),
        Of(400, EventFault.NotAnObject, """An event is a JSON object, such as {"user":"alex@example.com","type":"task_created"}."""),
        Of(400, EventFault.InvalidJson, "This is not valid JSON."),
        .. Encodings,
        Of(413, EventFault.TooLarge, "An event may have 32768 bytes at most."),
        Of(415, Refusal.UnsupportedMediaType, "Send the event as JSON, with the header 'Content-Type: application/json'."),
        .. Unavailable,
    ];

    /// <summary>What is answered to a batch of which nothing is taken.</summary>
    public static ProblemHttpResult[] OfBatches =>
    [
        Of(400, Refusal.NoneTaken, "None of the events can be taken: 'results' has the reason for each."),
        Of(400, Refusal.NotABatch, "The body is no batch of events."),
        Of(400, Refusal.NoEvents, "The batch has no events."),
        Of(400, EventFault.InvalidJson, "The body is not valid JSON."),
        .. Encodings,
        Of(413, Refusal.BatchTooLarge, "A batch may have 1048576 bytes at most, unpacked. None of it was taken: send it in parts."),
        Of(413, Refusal.TooManyEvents, "A batch may have 1000 events at most. None was taken: send them in parts."),
        Of(415, Refusal.UnsupportedMediaType, "Send the events as JSON, with the header 'Content-Type: application/json', or one a line as 'application/x-ndjson'."),
        Of(429, Refusal.TooManyBatches, "Too many batches are under way at once. This one was not taken: wait, and send it again."),
        .. Unavailable,
    ];

    public static ProblemHttpResult[] OfLookups =>
    [
        Of(404, Refusal.NotFound, "There is no event of this id: none was acknowledged.", "event_id"),
        Of(503, EventFault.Unavailable, "The database cannot be reached. Try again in a moment."),
    ];

    private static ProblemHttpResult[] Unavailable => [Of(WriteResult.Full), Of(WriteResult.Unavailable)];

    /// <summary>Has the ingestion API described at <see cref="ServiceDescription.Path"/>.</summary>
    public static void AddDescription(this IHostApplicationBuilder builder) =>
        builder.Services.AddOpenApi(options => options.DescribeService(
            "PulseBoard ingestion API",
            "Takes events. An event that is acknowledged is stored, and is counted once, however often it is sent: its 'event_id' is the idempotency key. "
            + "Errors are problem details (RFC 9457) with a stable 'code'; 429 and 503 mean that sending the same again later may help.",
            (ActivityApi.Tag, "Events, one by one or many at once.")));

    private static ProblemHttpResult Of(WriteResult result)
    {
        var refusal = Refusal.Of(result);
        return Of(refusal.Status, refusal.Code, refusal.Detail);
    }

    private static ProblemHttpResult Of(int status, string code, string detail, string? field = null) => Problems.Problem(status, code, detail, field);
}
