using PulseBoard.Data.Rollups;

namespace PulseBoard.Analytics.Compaction;

/// <summary>What tasks change in <c>person_tasks</c>.</summary>
internal sealed class TaskChanges
{
    /// <summary>Changes of the column <c>flow</c>.</summary>
    public CellChanges<PersonMonth> Flow { get; } = new();

    /// <summary>Changes of the column <c>cycles</c>.</summary>
    public CellChanges<PersonMonth> Cycles { get; } = new();

    /// <summary>Adds what a task counts for, or takes it back.</summary>
    /// <param name="task">The task.</param>
    /// <param name="sign">1, or -1 to take it back.</param>
    public void Add(TaskTimes task, int sign)
    {
        task.Count(
            (user, quarterHour, code) => AddTo(Flow, user, quarterHour, code),
            (user, quarterHour, bin) => AddTo(Cycles, user, quarterHour, bin));

        void AddTo(CellChanges<PersonMonth> changes, string user, int quarterHour, int code)
        {
            var month = QuarterHour.Month(quarterHour);
            changes.Add(new(month, user), code, quarterHour - QuarterHour.Of(month), sign);
        }
    }

    /// <summary>By how much more tasks that the person created are in progress at the end of the month than at its beginning.</summary>
    public long InProgress(PersonMonth row) =>
        Flow.Rows.TryGetValue(row, out var cells)
            ? cells.Sum(cell => cell.Code switch { TaskTimes.Opened => cell.Count, TaskTimes.Closed => -cell.Count, _ => 0 })
            : 0;
}
