using System.Globalization;

namespace PulseBoard.Contracts;

/// <summary>
/// What is published on <see cref="MetricsVersion.ChangedChannel"/>, in words with a space between: the version; the trace of the
/// change, or <c>-</c>; then what changed and the version before, as in
/// <c>1764190801234 - kinds=events from=1764190800 to=1764191700 events=17 after=1764190801034</c>.
/// </summary>
/// <param name="Version">The new metrics version.</param>
/// <param name="Change">What changed; everything may have, where an older worker does not say.</param>
/// <param name="TraceParent">The trace that the notice belongs to (W3C <c>traceparent</c>), or null.</param>
/// <param name="After">
/// The version before, so that who knows another one learns that it missed something; null where an older worker does not say.
/// </param>
public sealed record MetricsNotice(long Version, MetricsChange Change, string? TraceParent = null, long? After = null)
{
    private const char Separator = ' ';
    private const string NoTrace = "-";
    private const string AfterToken = "after=";

    /// <summary>
    /// All but the two versions, which Redis adds (<see cref="MetricsVersion.Bump"/>): the second argument of that script.
    /// </summary>
    /// <param name="change">What changed.</param>
    /// <param name="traceParent">The trace that the notice belongs to (W3C <c>traceparent</c>), or null.</param>
    public static string Describe(MetricsChange change, string? traceParent)
    {
        List<string> words = [traceParent ?? NoTrace];
        change.AppendTo(words);
        return string.Join(Separator, words);
    }

    /// <summary>Reads a notice. What a newer service may add is left out.</summary>
    /// <param name="text">As it was published.</param>
    /// <returns>Null when it is no notice.</returns>
    public static MetricsNotice? TryParse(string? text)
    {
        var words = text?.Split(Separator) ?? [];
        if (words.Length == 0 || ParseVersion(words[0]) is not { } version)
        {
            return null;
        }

        var trace = words.ElementAtOrDefault(1);
        var after = Array.Find(words, word => word.StartsWith(AfterToken, StringComparison.Ordinal));
        return new(version, MetricsChange.Parse(words), trace == NoTrace ? null : trace, ParseVersion(after?[AfterToken.Length..]));
    }

    /// <summary>As it is published.</summary>
    public override string ToString()
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{Version}{Separator}{Describe(Change, TraceParent)}");
        return After is { } after ? string.Create(CultureInfo.InvariantCulture, $"{text}{Separator}{AfterToken}{after}") : text;
    }

    private static long? ParseVersion(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;
}
