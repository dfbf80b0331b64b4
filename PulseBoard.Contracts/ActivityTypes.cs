namespace PulseBoard.Contracts;

/// <summary>The event types that have columns of their own. Any other type is the client's vocabulary and counts as an event.</summary>
public static class ActivityTypes
{
    /// <summary>A task came into being.</summary>
    public const string TaskCreated = "task_created";

    /// <summary>A task was finished.</summary>
    public const string TaskCompleted = "task_completed";
}
