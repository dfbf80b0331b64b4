namespace PulseBoard.Data;

/// <summary>
/// Events by the time at which they happened, found without an index on it that every insert would pay for. Nearly all events come in within
/// a minute, in the order in which the table has them, so that a BRIN index on when they came in finds those; the few that came late or
/// too early have a small index of their own.
/// </summary>
public static class EventTimes
{
    /// <summary>How long before it came in an event may have happened that is found by when it came in.</summary>
    public const string Late = "interval '1 minute'";

    /// <summary>
    /// How long after it came in such an event may have happened, by a clock that is ahead. Whoever looks for the newest events looks at all
    /// that came in for as long, so it is short.
    /// </summary>
    public const string Early = "interval '1 second'";

    /// <summary>Events that are found by when they came in.</summary>
    public const string InTime = $"(received_at - timestamp >= -{Early} AND received_at - timestamp <= {Late})";

    /// <summary>The others: the condition of their index, word for word.</summary>
    public const string OutOfTime = $"(received_at - timestamp < -{Early} OR received_at - timestamp > {Late})";
}
