using System.Globalization;

namespace PulseBoard.Contracts;

/// <summary>What is published on <see cref="MetricsVersion.ChangedChannel"/>: the version, then the trace of the change where it has one.</summary>
/// <param name="Version">The new metrics version.</param>
/// <param name="TraceParent">The trace that the notice belongs to (W3C <c>traceparent</c>), or null.</param>
public sealed record MetricsNotice(long Version, string? TraceParent = null)
{
    private const char Separator = ' ';

    /// <summary>Reads a notice. What a newer worker may add after the trace is left out.</summary>
    /// <param name="text">As it was published.</param>
    /// <returns>Null when it is no notice.</returns>
    public static MetricsNotice? TryParse(string? text)
    {
        var parts = text?.Split(Separator) ?? [];
        return parts.Length > 0 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? new(version, parts.ElementAtOrDefault(1))
            : null;
    }

    /// <summary>As it is published.</summary>
    public override string ToString() =>
        TraceParent is null ? Version.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{Version}{Separator}{TraceParent}");
}
