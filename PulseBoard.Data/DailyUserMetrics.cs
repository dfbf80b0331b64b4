namespace PulseBoard.Data;

/// <summary>A row of <c>daily_user_metrics</c>: the rollup of one person's events of one day, in UTC.</summary>
public sealed class DailyUserMetrics
{
    /// <summary>A surrogate key, kept for those who know the reference system's table.</summary>
    public long MetricId { get; init; }

    /// <summary>Who acted.</summary>
    public required string UserId { get; init; }

    /// <summary>The day on which the events happened, in UTC.</summary>
    public DateOnly MetricDate { get; init; }

    /// <summary>Events of every type.</summary>
    public long EventCount { get; init; }

    /// <summary>Events of type <c>task_created</c>.</summary>
    public long TasksCreated { get; init; }

    /// <summary>Events of type <c>task_completed</c>.</summary>
    public long TasksCompleted { get; init; }
}
