using System.Text.Json;

namespace PulseBoard.Contracts;

/// <summary>Events as they were sent, the newest first: the body of <c>GET /api/events</c>.</summary>
/// <param name="Events">Some of them; there may be fewer than were asked for although more follow.</param>
/// <param name="Next">The value of <c>cursor</c> for the page that follows; null on the last one.</param>
public sealed record EventPage(IReadOnlyList<RecordedEvent> Events, string? Next);

/// <summary>An event as it was sent.</summary>
/// <param name="EventId">Its id.</param>
/// <param name="User">Who acted.</param>
/// <param name="Type">What happened.</param>
/// <param name="Timestamp">When it happened, in UTC.</param>
/// <param name="ReceivedAt">When PulseBoard took it, in UTC.</param>
/// <param name="Data">The client's own JSON object, as Postgres keeps it; null where the event has none.</param>
public sealed record RecordedEvent(
    Guid EventId, string User, string Type, DateTimeOffset Timestamp, DateTimeOffset ReceivedAt, JsonElement? Data);
