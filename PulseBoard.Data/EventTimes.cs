namespace PulseBoard.Data;

/// <summary>
/// Events by the time at which they happened, found without an index on it that every insert would pay for. Nearly all events come in within
/// minutes, in the order in which the table has them, so that a BRIN index on when they came in finds those; the few that came late or
/// too early have a small index of their own.
/// </summary>
public static class EventTimes
{
    /// <summary>How far apart the two times of an event may be that is found by when it came in.</summary>
    public const string Tolerance = "interval '5 minutes'";

    /// <summary>Events that are found by when they came in.</summary>
    public const string InTime = $"(received_at - timestamp >= -{Tolerance} AND received_at - timestamp <= {Tolerance})";

    /// <summary>The others: the condition of their index, word for word.</summary>
    public const string OutOfTime = $"(received_at - timestamp < -{Tolerance} OR received_at - timestamp > {Tolerance})";
}
