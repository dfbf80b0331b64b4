using System.Text.Json;
using System.Text.Json.Serialization;

namespace PulseBoard.Contracts;

/// <summary>A stored event: the answer of <c>GET /api/activity/{event_id}</c>.</summary>
/// <param name="EventId">Its id.</param>
/// <param name="User">Who acted.</param>
/// <param name="Type">What happened.</param>
/// <param name="Timestamp">When it happened, in UTC.</param>
/// <param name="ReceivedAt">When PulseBoard took it, in UTC.</param>
/// <param name="Counted">Whether the metrics include it.</param>
/// <param name="Status"><see cref="Counted"/> in a word, and why not: <c>counted</c>, <c>pending</c> or <c>dead</c>.</param>
/// <param name="Data">The client's own JSON object, as Postgres keeps it; absent where the event has none.</param>
public sealed record StoredActivity(
    Guid EventId,
    string User,
    string Type,
    DateTimeOffset Timestamp,
    DateTimeOffset ReceivedAt,
    bool Counted,
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? Data)
{
    /// <summary>The metrics include it.</summary>
    public const string IsCounted = "counted";

    /// <summary>It will be counted soon.</summary>
    public const string IsPending = "pending";

    /// <summary>Its batch could not be counted, and is set aside: see <c>/api/pipeline/dead</c>.</summary>
    public const string IsDead = "dead";
}
