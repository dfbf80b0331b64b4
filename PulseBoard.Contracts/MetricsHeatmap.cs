namespace PulseBoard.Contracts;

/// <summary>When in the week a team works: the body of <c>GET /api/metrics/heatmap</c>.</summary>
/// <param name="Range">The time that it is about.</param>
/// <param name="Total">Events in all of it.</param>
/// <param name="Max">The largest number of a cell.</param>
/// <param name="Rows">Seven weekdays, Monday first, of 24 hours by the local clock: events.</param>
public sealed record MetricsHeatmap(MetricsRange Range, long Total, long Max, IReadOnlyList<IReadOnlyList<long>> Rows);
