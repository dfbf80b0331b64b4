namespace PulseBoard.Bench.Seeding;

/// <summary>An event of the history.</summary>
/// <param name="Id">A version 7 id that its client made when it happened.</param>
/// <param name="Type">What happened.</param>
/// <param name="Person">Who did it.</param>
/// <param name="Time">When, in UTC, to the millisecond.</param>
/// <param name="Received">When PulseBoard took it, in UTC, to the microsecond.</param>
/// <param name="Data">A JSON object, or null.</param>
internal readonly record struct SeedEvent(Guid Id, EventType Type, Person Person, DateTime Time, DateTime Received, string? Data);
