namespace PulseBoard.Contracts;

/// <summary>What a team did, in a few numbers: the body of <c>GET /api/metrics/totals</c>.</summary>
/// <param name="Range">The time that it is about.</param>
/// <param name="Comparison">The time that it is compared with, or null.</param>
/// <param name="Events">Events of every type.</param>
/// <param name="TasksCreated">Events of type <c>task_created</c>.</param>
/// <param name="TasksCompleted">Events of type <c>task_completed</c>.</param>
/// <param name="CompletionRate">Events of type <c>task_completed</c> for each of type <c>task_created</c>; null where there is none of the latter.</param>
/// <param name="ActivePeople">People with at least one event.</param>
/// <param name="MedianCycleSeconds">The median time from a task's creation to its completion, of tasks completed in the range, in seconds.</param>
public sealed record MetricsTotals(
    MetricsRange Range,
    MetricsRange? Comparison,
    MetricsMeasure Events,
    MetricsMeasure TasksCreated,
    MetricsMeasure TasksCompleted,
    MetricsMeasure CompletionRate,
    MetricsMeasure ActivePeople,
    MetricsMeasure MedianCycleSeconds);
