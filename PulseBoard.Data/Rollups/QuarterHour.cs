namespace PulseBoard.Data.Rollups;

/// <summary>
/// The finest bucket of the rollups: quarter hours, numbered from the Unix epoch. Every time zone of our days is ahead of UTC by a
/// multiple of it, so that the days of each are made of whole ones.
/// </summary>
public static class QuarterHour
{
    /// <summary>How long one is, in seconds.</summary>
    public const int Seconds = 15 * 60;

    /// <summary>How many a day in UTC has.</summary>
    public const int PerDay = 24 * 3600 / Seconds;

    private static readonly int EpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <summary>The quarter hour in which an instant lies.</summary>
    public static int Of(DateTimeOffset instant) => (int)Math.Floor((decimal)instant.ToUnixTimeSeconds() / Seconds);

    /// <summary>The first quarter hour of a day in UTC.</summary>
    public static int Of(DateOnly day) => (day.DayNumber - EpochDay) * PerDay;

    /// <summary>When a quarter hour begins, in UTC.</summary>
    public static DateTimeOffset Start(int quarterHour) => DateTimeOffset.FromUnixTimeSeconds((long)quarterHour * Seconds);

    /// <summary>The day in UTC in which a quarter hour lies.</summary>
    public static DateOnly Day(int quarterHour) => DateOnly.FromDayNumber(EpochDay + (int)Math.Floor((double)quarterHour / PerDay));

    /// <summary>The first day of the month in UTC in which a quarter hour lies.</summary>
    public static DateOnly Month(int quarterHour) => MonthOf(Day(quarterHour));

    /// <summary>The first day of a day's month.</summary>
    public static DateOnly MonthOf(DateOnly day) => new(day.Year, day.Month, 1);
}
