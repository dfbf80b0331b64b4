namespace PulseBoard.Data.Rollups;

/// <summary>
/// What is known of a task: when it was created and completed first, and by whom. The order in which its events came, and how often,
/// does not matter.
/// </summary>
/// <param name="CreatedAt">The first <c>task_created</c>, in UTC; null where there is none.</param>
/// <param name="CreatedBy">Who created it.</param>
/// <param name="CompletedAt">The first <c>task_completed</c>, in UTC; null where there is none.</param>
/// <param name="CompletedBy">Who completed it.</param>
public readonly record struct TaskTimes(DateTimeOffset? CreatedAt, string? CreatedBy, DateTimeOffset? CompletedAt, string? CompletedBy)
{
    /// <summary>The code in <c>person_tasks.flow</c> of tasks that were created, for who created them.</summary>
    public const int Opened = 0;

    /// <summary>The code in <c>person_tasks.flow</c> of tasks that were created before and are completed, for who created them.</summary>
    public const int Closed = 1;

    /// <summary>The code in <c>person_tasks.flow</c> of tasks that were completed, for who completed them.</summary>
    public const int Completed = 2;

    /// <summary>What the rollups have of it: each call counts once.</summary>
    /// <param name="flow">Takes a person, a quarter hour, and one of the codes above.</param>
    /// <param name="cycle">Takes who completed it, the quarter hour, and the bin of its cycle time.</param>
    public void Count(Action<string, int, int> flow, Action<string, int, int> cycle)
    {
        ArgumentNullException.ThrowIfNull(flow);
        ArgumentNullException.ThrowIfNull(cycle);

        // Completed before it was created is a clock that is wrong, or a task of which only a later event is known: it was never in
        // progress, and nobody knows how long it took.
        var inOrder = CreatedAt is not null && CompletedAt is not null && CreatedAt <= CompletedAt;
        if (CreatedAt is { } created && (inOrder || CompletedAt is null))
        {
            flow(CreatedBy!, QuarterHour.Of(created), Opened);
        }

        if (CompletedAt is { } completed)
        {
            flow(CompletedBy!, QuarterHour.Of(completed), Completed);
            if (inOrder)
            {
                flow(CreatedBy!, QuarterHour.Of(completed), Closed);
                cycle(CompletedBy!, QuarterHour.Of(completed), CycleTimeBins.Of(completed - CreatedAt!.Value));
            }
        }
    }
}
