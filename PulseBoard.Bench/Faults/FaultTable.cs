using System.Globalization;

namespace PulseBoard.Bench.Faults;

/// <summary>Results as lines of a table.</summary>
internal static class FaultTable
{
    public const string Header = """
        | fault | posted | acknowledged | resent | refused | longest gap | recovered | counted | drift | what happened |
        | --- | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: | --- |
        """;

    public static string Line(FaultResult result)
    {
        var refused = result.Refused.Count == 0
            ? "none"
            : string.Join(", ", result.Refused.OrderBy(refusal => refusal.Key, StringComparer.Ordinal).Select(refusal => $"{refusal.Value} × {refusal.Key}"));
        var broken = result.Broken.Select(broken => $"**BROKEN**: {broken}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {result.Fault} | {result.Posted} | {result.Acknowledged} | {result.Resent} | {refused} | {result.LongestGap.TotalSeconds:0.00} s | {result.Recovered.TotalSeconds:0.00} s | {result.Counted.TotalSeconds:0.00} s | {result.Drift} | {string.Join("; ", result.Seen.Concat(broken))} |");
    }
}
