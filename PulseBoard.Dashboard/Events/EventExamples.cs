using System.Globalization;
using System.Text.Json;
using PulseBoard.Contracts;
using PulseBoard.Dashboard.Descriptions;

namespace PulseBoard.Dashboard.Events;

/// <summary>A page of events, for the API's description.</summary>
internal static class EventExamples
{
    public static EventPage Page { get; } = new(
        [
            Event("019aa0f3-5c1e-7d52-9b0e-3f6f2f0c9a11", ExampleWeek.Alex.User, ActivityTypes.TaskCompleted, "2026-11-22T17:42:10+00:00", """{"task_id": "PB-1284"}"""),
            Event("019aa0b8-01d4-7a3c-8a77-6c1d8be2f405", ExampleWeek.Alex.User, "comment_added", "2026-11-22T16:37:21+00:00", """{"task_id": "PB-1284", "words": 31}"""),
            Event("019a9b64-77aa-7f0b-a1c5-0d9e4b5d7c38", ExampleWeek.Kim.User, "comment_added", "2026-11-21T15:48:02+00:00", null),
        ],
        new EventCursor(Time("2026-11-21T15:48:02+00:00"), Guid.Parse("019a9b64-77aa-7f0b-a1c5-0d9e4b5d7c38")).ToString());

    private static RecordedEvent Event(string id, string user, string type, string timestamp, string? data) =>
        new(Guid.Parse(id), user, type, Time(timestamp), Time(timestamp).AddMilliseconds(184), data is null ? null : JsonElement.Parse(data));

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
