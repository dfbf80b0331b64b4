using PulseBoard.Data.Rollups;

namespace PulseBoard.Analytics.Compaction;

/// <summary>What counts of events change in the packed rollups of every level.</summary>
internal sealed class ActivityChanges(ReportingDays days)
{
    private readonly Dictionary<int, DateOnly> _days = [];

    /// <summary>Changes of <c>quarter_hours</c>.</summary>
    public CellChanges<DateOnly> QuarterHours { get; } = new();

    /// <summary>Changes of <c>person_quarter_hours</c>.</summary>
    public CellChanges<PersonMonth> PersonQuarterHours { get; } = new();

    /// <summary>Changes of <c>person_days.totals</c>.</summary>
    public CellChanges<PersonMonth> PersonTotals { get; } = new();

    /// <summary>Changes of <c>person_days.types</c>.</summary>
    public CellChanges<PersonMonth> PersonTypes { get; } = new();

    /// <summary>Adds events to every level.</summary>
    public void Add(string user, int type, int quarterHour, long events)
    {
        AddToDerived(user, type, quarterHour, events);
        var month = QuarterHour.Month(quarterHour);
        PersonQuarterHours.Add(new(month, user), type, quarterHour - QuarterHour.Of(month), events);
    }

    /// <summary>Adds events to the levels that are sums of <c>person_quarter_hours</c>.</summary>
    public void AddToDerived(string user, int type, int quarterHour, long events)
    {
        var utcDay = QuarterHour.Day(quarterHour);
        QuarterHours.Add(utcDay, type, quarterHour - QuarterHour.Of(utcDay), events);

        if (!_days.TryGetValue(quarterHour, out var day))
        {
            _days.Add(quarterHour, day = days.Of(quarterHour));
        }

        var row = new PersonMonth(QuarterHour.MonthOf(day), user);
        PersonTypes.Add(row, type, day.Day - 1, events);
        PersonTotals.Add(row, DayTotals.AllTypes, day.Day - 1, events);
        if (type is DayTotals.TaskCreated or DayTotals.TaskCompleted)
        {
            PersonTotals.Add(row, type, day.Day - 1, events);
        }
    }
}
