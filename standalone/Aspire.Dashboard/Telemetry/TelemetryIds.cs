using System.Globalization;

namespace Aspire.Dashboard.Telemetry;

/// <summary>Ids of traces and spans: numbers here, lower-case hexadecimal digits to the outside. Zero is none.</summary>
internal static class TelemetryIds
{
    private const int TraceDigits = 32;
    private const int SpanDigits = 16;

    public static string Hex(UInt128 traceId) => traceId.ToString("x32", CultureInfo.InvariantCulture);

    public static string Hex(ulong spanId) => spanId.ToString("x16", CultureInfo.InvariantCulture);

    public static string? HexOrNull(UInt128 traceId) => traceId == UInt128.Zero ? null : Hex(traceId);

    public static string? HexOrNull(ulong spanId) => spanId == 0 ? null : Hex(spanId);

    public static bool TryParseTrace(string text, out UInt128 traceId)
    {
        traceId = UInt128.Zero;
        return text.Length == TraceDigits && UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out traceId);
    }

    public static bool TryParseSpan(string text, out ulong spanId)
    {
        spanId = 0;
        return text.Length == SpanDigits && ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out spanId);
    }
}
