using System.Globalization;

namespace PulseBoard.Bench.Reporting;

/// <summary>What a figure should be.</summary>
/// <param name="Bound">The least or the most.</param>
/// <param name="IsLeast">True when more is better.</param>
internal sealed record Goal(double Bound, bool IsLeast)
{
    public static Goal AtLeast(double bound) => new(bound, true);

    public static Goal AtMost(double bound) => new(bound, false);

    public bool IsMetBy(double figure) => IsLeast ? figure >= Bound : figure <= Bound;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(IsLeast ? "≥" : "≤")} {Bound:#,0.##}");
}
