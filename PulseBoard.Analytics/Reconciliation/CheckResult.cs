namespace PulseBoard.Analytics.Reconciliation;

/// <summary>What the last check found.</summary>
/// <param name="Age">How long ago it was.</param>
/// <param name="Drift">By how many events rollups differ from events, over the days that were checked.</param>
/// <param name="DriftedDays">The days on which they do, the earliest first.</param>
internal sealed record CheckResult(TimeSpan Age, long Drift, IReadOnlyList<DateOnly> DriftedDays)
{
    // So many are looked at again by the next check. More of them are for the next check of all days.
    private const int MostDriftedDays = 366;

    /// <summary>Sums up a check that ended just now.</summary>
    public static CheckResult Of(IReadOnlyList<CheckedDay> days) =>
        new(
            TimeSpan.Zero,
            (long)Math.Min(days.Sum(day => (decimal)day.Drift), long.MaxValue),
            [.. days.Where(day => day.Drift > 0).Select(day => day.Day).Take(MostDriftedDays)]);
}
