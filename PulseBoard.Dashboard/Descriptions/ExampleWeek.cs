using PulseBoard.Contracts;

namespace PulseBoard.Dashboard.Descriptions;

/// <summary>A week of three people in two teams, which all examples are about, so that their numbers agree with each other.</summary>
internal static class ExampleWeek
{
    public const string Zone = "Europe/Berlin";

    public static readonly ExamplePerson Alex = new(
        "alex@example.com", "Alex Chen", Platform, Events: [14, 11, 16, 12, 9, 0, 2], EventsBefore: [10, 9, 10, 10, 8, 1, 0], TasksCreated: 10, TasksCompleted: 9);

    public static readonly ExamplePerson Kim = new(
        "kim@example.com", "Kim Novak", Platform, Events: [10, 12, 9, 13, 8, 1, 0], EventsBefore: [11, 12, 10, 10, 9, 0, 0], TasksCreated: 9, TasksCompleted: 8);

    public static readonly ExamplePerson Sam = new(
        "sam@example.com", "Sam Okafor", Mobile, Events: [7, 9, 8, 6, 11, 0, 0], EventsBefore: [8, 7, 9, 8, 8, 0, 0], TasksCreated: 6, TasksCompleted: 5);

    public const string Platform = "platform";
    public const string PlatformName = "Platform";
    public const string Mobile = "mobile";
    public const string MobileName = "Mobile";

    private static readonly TimeSpan Offset = TimeSpan.FromHours(1);

    // By the local clock; a day's events come to these one after the other, and then again from the first.
    private static readonly int[] WorkingHours = [9, 10, 11, 14, 15, 10, 16, 11, 13, 9];

    public static IReadOnlyList<ExamplePerson> Everybody { get; } = [Alex, Kim, Sam];

    public static long[] TasksCreated { get; } = [6, 5, 7, 4, 3, 0, 0];

    public static long[] TasksCompleted { get; } = [4, 5, 5, 4, 3, 0, 1];

    /// <summary>From Monday to Sunday.</summary>
    public static MetricsRange Week { get; } = Of(new(2026, 11, 16));

    /// <summary>The one before.</summary>
    public static MetricsRange WeekBefore { get; } = Of(new(2026, 11, 9));

    public static DateTimeOffset[] Days { get; } = DaysOf(Week);

    public static DateTimeOffset[] DaysBefore { get; } = DaysOf(WeekBefore);

    public static long[] Sum(IEnumerable<long[]> rows) =>
        rows.Aggregate(new long[Days.Length], (sums, row) => [.. sums.Zip(row, (sum, value) => sum + value)]);

    public static MetricsHeatmap HeatmapOf(long[] events)
    {
        var rows = events.Select(HoursOf).ToArray();
        return new(Week, events.Sum(), rows.Max(hours => hours.Max()), rows);
    }

    private static long[] HoursOf(long events)
    {
        var hours = new long[24];
        for (var number = 0; number < events; number++)
        {
            hours[WorkingHours[number % WorkingHours.Length]]++;
        }

        return hours;
    }

    private static MetricsRange Of(DateOnly monday) => new(monday, monday.AddDays(6), At(monday), At(monday.AddDays(7)), Zone);

    private static DateTimeOffset[] DaysOf(MetricsRange week) => [.. Enumerable.Range(0, 7).Select(day => At(week.From.AddDays(day)))];

    private static DateTimeOffset At(DateOnly day) => new(day, TimeOnly.MinValue, Offset);
}

/// <summary>Somebody in examples.</summary>
/// <param name="User">Who.</param>
/// <param name="Name">How they are called.</param>
/// <param name="Team">Where they belong.</param>
/// <param name="Events">Their events on each day.</param>
/// <param name="EventsBefore">The same of the week before.</param>
/// <param name="TasksCreated">Tasks that they created in the week.</param>
/// <param name="TasksCompleted">Tasks that they completed in the week.</param>
internal sealed record ExamplePerson(
    string User, string Name, string Team, long[] Events, long[] EventsBefore, long TasksCreated, long TasksCompleted);
