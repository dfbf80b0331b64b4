using System.Text.Json.Serialization;

namespace PulseBoard.Contracts;

/// <summary>The answer to one event that is stored: the body of 202 from <c>POST /api/activity</c>.</summary>
/// <param name="Status">Always <see cref="Received"/>, for the reference system's clients.</param>
/// <param name="EventId">The event's id: the client's idempotency key, or the one made for it.</param>
/// <param name="Duplicate">True when an event with this id was stored before, so that this one changed nothing; absent otherwise.</param>
public sealed record ActivityReceipt(
    string Status,
    Guid EventId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Duplicate = false)
{
    /// <summary>The status of every stored event.</summary>
    public const string Received = "Event received";
}
