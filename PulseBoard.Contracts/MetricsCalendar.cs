namespace PulseBoard.Contracts;

/// <summary>A year day by day: the body of <c>GET /api/metrics/calendar</c>.</summary>
/// <param name="Range">The time that it is about.</param>
/// <param name="Days">Each local day, without gaps.</param>
public sealed record MetricsCalendar(MetricsRange Range, IReadOnlyList<MetricsDay> Days);

/// <summary>A local day.</summary>
/// <param name="Date">Which one.</param>
/// <param name="Events">Events of every type.</param>
/// <param name="TasksCreated">Events of type <c>task_created</c>.</param>
/// <param name="TasksCompleted">Events of type <c>task_completed</c>.</param>
public sealed record MetricsDay(DateOnly Date, long Events, long TasksCreated, long TasksCompleted);
