namespace PulseBoard.Contracts;

/// <summary>The time that an answer is about.</summary>
/// <param name="From">The first local day that it touches.</param>
/// <param name="To">The last one; it belongs to the range.</param>
/// <param name="Start">The first instant, with the zone's offset.</param>
/// <param name="End">The first instant after it, with the zone's offset.</param>
/// <param name="Tz">The time zone (IANA id) whose days these are.</param>
public sealed record MetricsRange(DateOnly From, DateOnly To, DateTimeOffset Start, DateTimeOffset End, string Tz);
