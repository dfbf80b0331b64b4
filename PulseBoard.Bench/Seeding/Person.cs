namespace PulseBoard.Bench.Seeding;

/// <summary>Somebody with habits.</summary>
internal sealed class Person
{
    /// <summary>The person's number, from 0.</summary>
    public required int Number { get; init; }

    /// <summary>The name on the wire.</summary>
    public required string User { get; init; }

    /// <summary>What the person is called.</summary>
    public required string DisplayName { get; init; }

    /// <summary>With whom the person works.</summary>
    public required Team Team { get; init; }

    /// <summary>Whether the directory knows the person, and the team.</summary>
    public required Listing Listing { get; init; }

    public required Role Role { get; init; }

    /// <summary>Whose clock and holidays the person has.</summary>
    public required Office Office { get; init; }

    /// <summary>When in the day the person is at work.</summary>
    public required Rhythm Rhythm { get; init; }

    /// <summary>How much the person does in a day, beside others of the role.</summary>
    public required double Pace { get; init; }

    /// <summary>The first day.</summary>
    public required DateOnly Joined { get; init; }

    /// <summary>The last day.</summary>
    public required DateOnly Left { get; init; }

    /// <summary>The weekdays on which a part-timer is off.</summary>
    public required IReadOnlyList<DayOfWeek> DaysOff { get; init; }

    /// <summary>How likely the person does something on a day of a weekend, or on a holiday.</summary>
    public required double WeekendChance { get; init; }

    /// <summary>First and last days of vacations.</summary>
    public required IReadOnlyList<(DateOnly From, DateOnly To)> Vacations { get; init; }

    /// <summary>Whether the person belongs to the company on a day.</summary>
    public bool IsEmployed(DateOnly date) => date >= Joined && date <= Left;

    /// <summary>Whether the person is away on a day.</summary>
    public bool IsOnVacation(DateOnly date)
    {
        foreach (var (from, to) in Vacations)
        {
            if (date >= from && date <= to)
            {
                return true;
            }
        }

        return false;
    }
}
