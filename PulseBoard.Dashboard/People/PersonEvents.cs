using PulseBoard.Data.Rollups;

namespace PulseBoard.Dashboard.People;

/// <summary>How many events a person has and when the last was, put together from packed months and what is not in them yet.</summary>
internal sealed class PersonEvents
{
    private readonly Dictionary<DateOnly, long> _uncompacted = [];

    public long Count { get; private set; }

    public DateOnly? LastDay { get; private set; }

    /// <summary>Adds events that are not compacted yet, before any month: it may take back what a month still has.</summary>
    public void AddUncompacted(DateOnly day, long events) => _uncompacted[day] = _uncompacted.GetValueOrDefault(day) + events;

    /// <summary>Adds a row of <c>person_days</c>.</summary>
    /// <param name="month">Its month, as the first day.</param>
    /// <param name="totals">Its packed totals.</param>
    public void AddMonth(DateOnly month, byte[] totals)
    {
        var cells = new CellReader(totals);
        while (cells.NextCode() && cells.Code == DayTotals.AllTypes)
        {
            while (cells.Next())
            {
                var day = month.AddDays(cells.Offset);
                _uncompacted.Remove(day, out var uncompacted);
                AddDay(day, cells.Count + uncompacted);
            }
        }
    }

    /// <summary>Adds the days that no month had.</summary>
    public void AddRest()
    {
        foreach (var (day, events) in _uncompacted)
        {
            AddDay(day, events);
        }

        _uncompacted.Clear();
    }

    private void AddDay(DateOnly day, long events)
    {
        Count += events;
        if (events > 0 && (LastDay is null || day > LastDay))
        {
            LastDay = day;
        }
    }
}
