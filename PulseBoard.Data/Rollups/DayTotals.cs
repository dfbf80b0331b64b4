namespace PulseBoard.Data.Rollups;

/// <summary>The codes in <c>person_days.totals</c>. Those of the two types are their ids in <c>event_types</c>.</summary>
public static class DayTotals
{
    /// <summary>Events of every type.</summary>
    public const int AllTypes = 0;

    /// <summary>Events of type <c>task_created</c>.</summary>
    public const int TaskCreated = 1;

    /// <summary>Events of type <c>task_completed</c>.</summary>
    public const int TaskCompleted = 2;
}
