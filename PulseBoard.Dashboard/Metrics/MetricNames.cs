namespace PulseBoard.Dashboard.Metrics;

/// <summary>Names that requests use for what is counted, and for what it is told by.</summary>
internal static class MetricNames
{
    public const string Events = "events";
    public const string TasksCreated = "tasks_created";
    public const string TasksCompleted = "tasks_completed";
    public const string ActivePeople = "active_people";
    public const string ActiveDays = "active_days";

    public const string ByNone = "none";
    public const string ByType = "type";
    public const string ByTeam = "team";
    public const string ByUser = "user";
}
