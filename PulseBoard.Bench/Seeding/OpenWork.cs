namespace PulseBoard.Bench.Seeding;

/// <summary>Something that somebody is to finish: a task, or an incident.</summary>
/// <param name="Ends">The event that finishes it.</param>
/// <param name="Data">What that event carries; its beginning carried the same.</param>
/// <param name="Created">When it began, in UTC.</param>
/// <param name="Due">When it would be finished, in UTC, if people worked day and night.</param>
/// <param name="Again">Whether it was finished before, and opened once more.</param>
internal readonly record struct OpenWork(EventType Ends, string Data, DateTime Created, DateTime Due, bool Again = false);
