namespace PulseBoard.Activity.Ingestion;

/// <summary>An event that passed validation.</summary>
/// <param name="EventId">The client's idempotency key, or a version 7 UUID.</param>
/// <param name="User">Who acted.</param>
/// <param name="Type">What happened.</param>
/// <param name="Timestamp">When it happened, in UTC.</param>
/// <param name="Data">A JSON object as text, or null.</param>
/// <param name="ReceivedAt">When it came in, in UTC.</param>
internal sealed record ActivityEvent(
    Guid EventId,
    string User,
    string Type,
    DateTimeOffset Timestamp,
    string? Data,
    DateTimeOffset ReceivedAt)
{
    // The object itself, the headers of its texts, and its places in the arrays of a commit.
    private const int Overhead = 300;

    /// <summary>The most memory that events may take of which no more than their JSON is known: it has a byte or more for each character.</summary>
    public static long MostBytes(int events, int jsonBytes) => ((long)events * Overhead) + ((long)jsonBytes * sizeof(char));

    /// <summary>About how many bytes of memory it takes until it is committed, its copies on the way to Postgres not included.</summary>
    public int Size => Overhead + (sizeof(char) * (User.Length + Type.Length + (Data?.Length ?? 0)));
}
