namespace PulseBoard.Bench.Seeding;

/// <summary>How much is done on which day.</summary>
internal sealed class WorkCalendar(SeedPlan plan)
{
    private const double WeekendShare = 0.25;
    private const double Sick = 0.02;

    // From Sunday on.
    private static readonly double[] Weekdays = [WeekendShare, 0.95, 1.08, 1.08, 1.02, 0.82, WeekendShare];

    /// <summary>Whether a day is one on which nearly everybody is off.</summary>
    public static bool IsWeekend(DateOnly date) => date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    /// <summary>How much somebody does on a local day, beside others and other days: 0 where they are off.</summary>
    public double Weight(Person person, DateOnly date)
    {
        if (!person.IsEmployed(date) || person.IsOnVacation(date))
        {
            return 0;
        }

        var random = new SeedRandom(plan.Seed, (int)SeedPurpose.Presence, person.Number, date.DayNumber);
        var off = IsWeekend(date) || person.Office.IsHoliday(date);
        var absent = off ? !random.Chance(person.WeekendChance) : person.DaysOff.Contains(date.DayOfWeek) || random.Chance(Sick);
        if (absent)
        {
            return 0;
        }

        return person.Pace
            * (off ? WeekendShare : Weekdays[(int)date.DayOfWeek])
            * Season(date)
            * TeamWeek(person.Team, date)
            * random.LogNormal(1, 0.25)
            * person.Rhythm.DoneBefore((plan.Until.UtcDateTime + person.Office.OffsetOn(date) - date.ToDateTime(default)).TotalSeconds);
    }

    // It grows over the history; summers are slow, and the turn of the year slower.
    private double Season(DateOnly date)
    {
        const double Growth = 0.15;

        var growth = 1 + (Growth * (date.DayNumber - plan.FirstDay.DayNumber) / plan.Days);
        return growth * (date.Month, date.Day) switch
        {
            (12, >= 20) or (1, <= 3) => 0.5,
            (7 or 8, _) => 0.88,
            (10 or 11, _) => 1.06,
            _ => 1,
        };
    }

    // A team has busy weeks and quiet ones.
    private double TeamWeek(Team team, DateOnly date) =>
        new SeedRandom(plan.Seed, (int)SeedPurpose.TeamWeek, team.Number, (date.DayNumber + 6) / 7).LogNormal(1, 0.12);
}
