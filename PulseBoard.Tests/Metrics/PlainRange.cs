using PulseBoard.Contracts;

namespace PulseBoard.Tests.Metrics;

/// <summary>A stretch of time.</summary>
/// <param name="Start">The first instant, in UTC.</param>
/// <param name="End">The first instant after it, in UTC.</param>
internal sealed record PlainRange(DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>From a day to another, both included.</summary>
    public static PlainRange OfDays(PlainZone zone, DateOnly from, DateOnly to) => new(zone.StartOf(from), zone.StartOf(to.AddDays(1)));

    public bool Contains(DateTimeOffset? instant) => instant >= Start && instant < End;

    /// <summary>How many days it has by the clock, a begun one counted.</summary>
    public int Days(PlainZone zone) => (int)Math.Ceiling((zone.Local(End).DateTime - zone.Local(Start).DateTime).TotalDays);

    /// <summary>As an answer has it.</summary>
    public MetricsRange In(PlainZone zone) => new(zone.DayOf(Start), zone.DayOf(End.AddTicks(-1)), zone.Local(Start), zone.Local(End), zone.Id);
}
