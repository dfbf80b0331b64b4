using PulseBoard.Bench.Reporting;

namespace PulseBoard.Bench.Reading;

/// <summary>What a question is asked about.</summary>
/// <param name="Name">What the report calls it.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day, which belongs to it.</param>
/// <param name="Zone">The time zone whose days these are; null for the reporting zone.</param>
/// <param name="Goal">How long 95 % of the answers may take, in milliseconds.</param>
internal sealed record ReadRange(string Name, DateOnly From, DateOnly To, string? Zone, Goal Goal)
{
    // Three quarters of an hour from the whole one: neither days nor hours are those of another zone's rollups.
    private const string OtherZone = "Asia/Kathmandu";
    private const double OtherZoneFactor = 4;

    private const int Quarter = 90;
    private const int Year = 365;
    private const double QuarterMilliseconds = 100;
    private const double YearMilliseconds = 250;

    /// <summary>Ninety days in the reporting zone: what the others are measured by.</summary>
    /// <param name="last">The last day.</param>
    public static ReadRange Usual(DateOnly last) => Of("90 days", last, Quarter, null, QuarterMilliseconds);

    /// <summary>Ninety days and a year, in the reporting zone and in another one.</summary>
    /// <param name="last">The last day.</param>
    public static IReadOnlyList<ReadRange> All(DateOnly last) =>
    [
        Usual(last),
        Of("a year", last, Year, null, YearMilliseconds),
        Of($"90 days, {OtherZone}", last, Quarter, OtherZone, OtherZoneFactor * QuarterMilliseconds),
        Of($"a year, {OtherZone}", last, Year, OtherZone, OtherZoneFactor * YearMilliseconds),
    ];

    /// <summary>Thirty days in the reporting zone, as pages show them.</summary>
    /// <param name="last">The last day.</param>
    /// <param name="milliseconds">How long 95 % of the answers may take.</param>
    public static ReadRange Month(DateOnly last, double milliseconds) => Of("30 days", last, 30, null, milliseconds);

    private static ReadRange Of(string name, DateOnly last, int days, string? zone, double milliseconds) =>
        new(name, last.AddDays(1 - days), last, zone, Goal.AtMost(milliseconds));
}
