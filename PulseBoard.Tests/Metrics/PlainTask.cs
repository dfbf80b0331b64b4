namespace PulseBoard.Tests.Metrics;

/// <summary>All events of creation and completion with one <c>data.task_id</c>.</summary>
internal sealed record PlainTask(DateTimeOffset? CreatedAt, string? CreatedBy, DateTimeOffset? CompletedAt, string? CompletedBy)
{
    /// <summary>Whether it has a cycle time: it was created, and not after it was completed.</summary>
    public bool IsMeasured => CreatedAt <= CompletedAt;

    /// <summary>Whether it ever was under way: a task that was completed before it was created never was.</summary>
    public bool IsOpened => CreatedAt is not null && !(CompletedAt < CreatedAt);

    public double CycleSeconds => (CompletedAt - CreatedAt)!.Value.TotalSeconds;

    /// <summary>Whether it is under way at an instant.</summary>
    public bool IsInProgressAt(DateTimeOffset instant) => IsOpened && CreatedAt < instant && !(CompletedAt < instant);
}
