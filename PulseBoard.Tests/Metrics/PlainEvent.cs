namespace PulseBoard.Tests.Metrics;

/// <summary>An event as a client sent it: all that the plain recomputation knows.</summary>
/// <param name="Id">Its id.</param>
/// <param name="User">Who acted.</param>
/// <param name="Type">What happened.</param>
/// <param name="At">When it happened, in UTC and whole microseconds, as Postgres keeps it.</param>
/// <param name="ReceivedAt">When it was taken, likewise.</param>
/// <param name="Data">The client's JSON object, or null.</param>
/// <param name="TaskId">The text form of its <c>task_id</c>; null where it has none.</param>
internal sealed record PlainEvent(Guid Id, string User, string Type, DateTimeOffset At, DateTimeOffset ReceivedAt, string? Data, string? TaskId);
