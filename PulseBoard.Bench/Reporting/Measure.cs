namespace PulseBoard.Bench.Reporting;

/// <summary>A figure of the report.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Figure">The median of the rounds, where there are several.</param>
/// <param name="Unit">Such as <c>events/s</c>; empty for a ratio or a count.</param>
/// <param name="Goal">What it should be, or null where it is there to compare with.</param>
internal sealed record Measure(string Name, double Figure, string Unit, Goal? Goal = null)
{
    /// <summary>Whether it is as it should be; null where nothing is asked.</summary>
    public bool? Met => Goal?.IsMetBy(Figure);
}
