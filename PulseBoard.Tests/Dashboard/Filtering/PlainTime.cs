using PulseBoard.Dashboard.Filtering;

namespace PulseBoard.Tests.Dashboard.Filtering;

/// <summary>Local time the plain way: each quarter hour converted by itself.</summary>
internal static class PlainTime
{
    public static DateTimeOffset Local(TimeZoneInfo zone, int quarterHour) =>
        TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(quarterHour * 900L), zone);

    public static DateOnly Date(DateTimeOffset local) => DateOnly.FromDateTime(local.DateTime);

    /// <summary>The first quarter hour that the zone's clock shows on a day or after it.</summary>
    public static int StartOf(TimeZoneInfo zone, DateOnly day)
    {
        var quarterHour = (day.DayNumber - new DateOnly(1970, 1, 1).DayNumber - 1) * 96;
        while (Date(Local(zone, quarterHour)) < day)
        {
            quarterHour++;
        }

        return quarterHour;
    }

    /// <summary>What tells a bucket from the others.</summary>
    public static (int Bucket, TimeSpan Offset) Name(DateTimeOffset local, DateOnly day, Interval interval) => interval switch
    {
        Interval.Hour => ((day.DayNumber * 24) + local.Hour, local.Offset),
        Interval.Day => (day.DayNumber, default),
        Interval.Week => (day.DayNumber - (((int)day.DayOfWeek + 6) % 7), default),
        _ => ((day.Year * 100) + day.Month, default),
    };
}
