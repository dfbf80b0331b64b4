namespace PulseBoard.Contracts;

/// <summary>One person's totals over all time: an element of <c>GET /api/metrics/summary</c>.</summary>
/// <param name="UserId">Who acted, as the client sent it in <c>user</c>.</param>
/// <param name="TotalEvents">Events of every type.</param>
/// <param name="TotalTasksCreated">Events of type <c>task_created</c>, compared exactly.</param>
/// <param name="TotalTasksCompleted">Events of type <c>task_completed</c>, compared exactly.</param>
public sealed record UserSummary(string UserId, long TotalEvents, long TotalTasksCreated, long TotalTasksCompleted);
