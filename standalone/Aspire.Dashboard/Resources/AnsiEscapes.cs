using System.Text.RegularExpressions;

namespace Aspire.Dashboard.Resources;

/// <summary>What colours a console's lines.</summary>
internal static partial class AnsiEscapes
{
    /// <summary>The text alone.</summary>
    public static string Remove(string line) => line.Contains('\e') ? Escape().Replace(line, "") : line;

    [GeneratedRegex(@"\e(\[[0-9;?]*[ -/]*[@-~]|\][^\a\e]*(\a|\e\\))")]
    private static partial Regex Escape();
}
