using System.Text.Json.Nodes;

namespace PulseBoard.Activity.Ingestion;

/// <summary>The body of <c>POST /api/activity</c>, for the API's description; <see cref="EventReader"/> reads it.</summary>
/// <param name="User">Who acted: 1 to 100 characters.</param>
/// <param name="Type">What happened, in the client's own vocabulary: 1 to 50 characters.</param>
/// <param name="Data">Anything else, as a JSON object.</param>
/// <param name="Timestamp">When it happened, ISO 8601; now where absent.</param>
/// <param name="EventId">The idempotency key; made here where absent.</param>
internal sealed record ActivityRequest(string User, string Type, JsonObject? Data, DateTimeOffset? Timestamp, Guid? EventId);
