namespace PulseBoard.Data;

/// <summary>A row of <c>events</c>: one thing a person did, stored once and never changed.</summary>
public sealed class StoredEvent
{
    /// <summary>The client's idempotency key, or a version 7 UUID made when the event came in.</summary>
    public Guid EventId { get; init; }

    /// <summary>What happened, in the client's own vocabulary; at most 50 characters.</summary>
    public required string EventType { get; init; }

    /// <summary>Who did it, as the client named them; at most 100 characters.</summary>
    public required string UserId { get; init; }

    /// <summary>When it happened, in UTC: the client's word, or else the time it came in.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>A JSON object of the client's own, or null.</summary>
    public string? DataPayload { get; init; }

    /// <summary>When PulseBoard took it, in UTC.</summary>
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The commit that stored it: a version 7 UUID, also of its row in the outbox.</summary>
    public Guid BatchId { get; init; }
}
