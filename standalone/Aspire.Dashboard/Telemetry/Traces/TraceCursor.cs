using System.Globalization;

namespace Aspire.Dashboard.Telemetry.Traces;

/// <summary>Where a list of traces goes on: behind the one of this start and id. Traces that come meanwhile move nothing.</summary>
internal readonly record struct TraceCursor(long Start, UInt128 Id) : IComparable<TraceCursor>
{
    private const int StartDigits = 16;

    /// <summary>Newest start first.</summary>
    public int CompareTo(TraceCursor other) => Start != other.Start ? other.Start.CompareTo(Start) : other.Id.CompareTo(Id);

    public override string ToString() => Start.ToString("x16", CultureInfo.InvariantCulture) + TelemetryIds.Hex(Id);

    public static bool TryParse(string text, out TraceCursor cursor)
    {
        cursor = default;
        if (text.Length <= StartDigits
            || !long.TryParse(text.AsSpan(0, StartDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var start)
            || !TelemetryIds.TryParseTrace(text[StartDigits..], out var id))
        {
            return false;
        }

        cursor = new(start, id);
        return true;
    }
}
