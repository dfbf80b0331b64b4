namespace PulseBoard.Contracts;

/// <summary>The body of <c>POST /api/pipeline/recomputations</c>: the days whose rollups are to be rebuilt.</summary>
/// <param name="From">The first day, in UTC.</param>
/// <param name="To">The last day, in UTC; it belongs to the range.</param>
public sealed record RecomputationRequest(DateOnly From, DateOnly To)
{
    /// <summary>Most days in one request.</summary>
    public const int MaximumDays = 366;
}
