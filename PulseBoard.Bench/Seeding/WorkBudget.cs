namespace PulseBoard.Bench.Seeding;

/// <summary>
/// How many events somebody has on a day, so that all of them together are what the plan says. What everybody does on all days is
/// summed up first, which takes a second or two for thousands of people, and then each day gets its share.
/// </summary>
internal sealed class WorkBudget
{
    private readonly WorkCalendar _calendar;
    private readonly int _events;
    private readonly double _total;
    private double _weight;
    private long _given;

    public WorkBudget(Company company)
    {
        _calendar = new(company.Plan);
        _events = company.Plan.Events;
        var workdays = 0.0;
        foreach (var (person, date) in Days(company))
        {
            if (_calendar.Weight(person, date) is > 0 and var weight)
            {
                _total += weight;
                workdays += WorkCalendar.IsWeekend(date) ? 0 : 1;
            }
        }

        if (_total <= 0)
        {
            throw new BenchmarkException("Nobody works on any of these days: ask for more of them, or for more people.");
        }

        EventsPerDay = _events / Math.Max(1, workdays);
    }

    /// <summary>How many events somebody has on a day of work, on average.</summary>
    public double EventsPerDay { get; }

    /// <summary>The days of everybody, in the order in which they get their share.</summary>
    public static IEnumerable<(Person Person, DateOnly Date)> Days(Company company)
    {
        // Offices to the east have begun a day that UTC has not.
        for (var date = company.Plan.FirstDay; date <= company.Plan.LastDay.AddDays(1); date = date.AddDays(1))
        {
            foreach (var person in company.People)
            {
                yield return (person, date);
            }
        }
    }

    /// <summary>How many events somebody has on a day. Asked for every day of everybody, once, in their order.</summary>
    public int Next(Person person, DateOnly date)
    {
        // The same sum in the same order: at last it is the total, to the bit.
        _weight += _calendar.Weight(person, date);
        var given = (long)Math.Round(_events * (_weight / _total));
        var budget = given - _given;
        _given = given;
        return (int)budget;
    }
}
