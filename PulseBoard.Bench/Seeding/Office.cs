namespace PulseBoard.Bench.Seeding;

/// <summary>Where a team works: its clock and its holidays.</summary>
internal sealed class Office
{
    private readonly TimeZoneInfo _zone;
    private readonly HashSet<(int Month, int Day)> _holidays;

    private Office(string zone, params (int Month, int Day)[] holidays) =>
        (_zone, _holidays) = (TimeZoneInfo.FindSystemTimeZoneById(zone), [.. holidays]);

    /// <summary>All of them, each as often as teams work there. Not one whose offset is whole hours only: half and quarter hours are among them.</summary>
    public static IReadOnlyList<Office> All { get; } = Spread();

    /// <summary>The hours that a local time is ahead of UTC, at noon of a day: nearly nobody works when clocks are changed.</summary>
    public TimeSpan OffsetOn(DateOnly date) => _zone.GetUtcOffset(date.ToDateTime(new(12, 0)));

    /// <summary>Whether nearly everybody is off.</summary>
    public bool IsHoliday(DateOnly date) => _holidays.Contains((date.Month, date.Day));

    private static Office[] Spread()
    {
        var berlin = new Office("Europe/Berlin", (1, 1), (5, 1), (10, 3), (12, 24), (12, 25), (12, 26), (12, 31));
        var newYork = new Office("America/New_York", (1, 1), (6, 19), (7, 4), (11, 11), (12, 25));
        var kolkata = new Office("Asia/Kolkata", (1, 26), (8, 15), (10, 2), (12, 25));
        var kathmandu = new Office("Asia/Kathmandu", (1, 11), (5, 29), (9, 19), (10, 20), (10, 21));
        var losAngeles = new Office("America/Los_Angeles", (1, 1), (6, 19), (7, 4), (11, 11), (12, 25));
        var adelaide = new Office("Australia/Adelaide", (1, 1), (1, 26), (4, 25), (12, 25), (12, 26));
        var saoPaulo = new Office("America/Sao_Paulo", (1, 1), (4, 21), (9, 7), (11, 15), (12, 25));
        return [berlin, newYork, kolkata, kathmandu, berlin, newYork, losAngeles, berlin, kolkata, adelaide, newYork, saoPaulo];
    }
}
