using System.Text.Json.Serialization;

namespace PulseBoard.Contracts;

/// <summary>
/// A request to rebuild the rollups of a range of days from their events, and how far it has come: the answer of
/// <c>/api/pipeline/recomputations</c>.
/// </summary>
/// <param name="Id">Its id.</param>
/// <param name="From">The first day, in UTC.</param>
/// <param name="To">The last day, in UTC; it belongs to the range.</param>
/// <param name="Status">One of <see cref="RecomputationStatus"/>.</param>
/// <param name="RequestedAt">When it was asked for, in UTC.</param>
/// <param name="DaysDone">How many days are mended; the earliest come first.</param>
/// <param name="Days">How many days there are.</param>
/// <param name="RowsChanged">How many rollups were not what their events give.</param>
/// <param name="StartedAt">When a worker took it, in UTC; absent before that.</param>
/// <param name="FinishedAt">When it was finished or given up, in UTC; absent before that.</param>
/// <param name="Error">Why the last attempt at a day failed, or why it was given up; absent while all is well.</param>
public sealed record Recomputation(
    Guid Id,
    DateOnly From,
    DateOnly To,
    string Status,
    DateTimeOffset RequestedAt,
    int DaysDone,
    int Days,
    long RowsChanged,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? StartedAt = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? FinishedAt = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error = null);
