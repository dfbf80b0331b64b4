using System.Globalization;
using Aspire.Dashboard.Telemetry.Logs;
using Aspire.Dashboard.Telemetry.Traces;
using Microsoft.AspNetCore.Http;

namespace Aspire.Dashboard.Telemetry;

/// <summary>The values of a query string. An empty one is none: the pages leave parameters empty that are not set.</summary>
internal readonly struct QueryValues(HttpRequest request)
{
    private const int MostPerPage = 1_000;
    private const int MostMinutes = 24 * 60;

    /// <exception cref="BadQueryException">It is no number from one to a thousand.</exception>
    public int Limit(int orElse) => Whole("limit", "invalid_limit", orElse, MostPerPage);

    /// <exception cref="BadQueryException">It is no number of minutes within a day.</exception>
    public int Minutes(int orElse) => Whole("minutes", "invalid_minutes", orElse, MostMinutes);

    /// <exception cref="BadQueryException">It is no level.</exception>
    public int Level() =>
        Text("level") is not { } level ? 0
        : LogSeverity.Parse(level) is >= 0 and var known ? known
        : throw new BadQueryException("invalid_level", $"The level is one of {LogSeverity.Choices}.");

    /// <exception cref="BadQueryException">It is no trace id.</exception>
    public UInt128? TraceId() => Text("trace") is { } id ? ParseTraceId(id) : null;

    /// <exception cref="BadQueryException">It is no span id.</exception>
    public ulong? SpanId() =>
        Text("span") is not { } id ? null
        : TelemetryIds.TryParseSpan(id, out var spanId) ? spanId
        : throw new BadQueryException("invalid_span", "A span id has 16 hexadecimal digits.");

    /// <exception cref="BadQueryException">It is no id of a log record.</exception>
    public long? LogCursor() =>
        Text("before") is not { } cursor ? null
        : long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id
        : throw new BadQueryException("invalid_cursor", "The cursor is the id of a log record.");

    /// <exception cref="BadQueryException">It is none that was given.</exception>
    public TraceCursor? TraceCursor() =>
        Text("before") is not { } text ? null
        : Traces.TraceCursor.TryParse(text, out var cursor) ? cursor
        : throw new BadQueryException("invalid_cursor", "The cursor is the one that the page before named as the next.");

    /// <exception cref="BadQueryException">It is no duration.</exception>
    public long MinDuration() =>
        Text("minDuration") is not { } duration ? 0
        : double.TryParse(duration, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var milliseconds)
            ? Moments.FromMilliseconds(milliseconds)
            : throw new BadQueryException("invalid_min_duration", "The least duration is a number of milliseconds.");

    /// <exception cref="BadQueryException">It is no type of spans.</exception>
    public string? SpanType() =>
        Text("type") is not { } type || SpanTypes.All.Contains(type)
            ? Text("type")
            : throw new BadQueryException("invalid_type", $"The type is one of {string.Join(", ", SpanTypes.All)}.");

    /// <exception cref="BadQueryException">It is neither true nor false.</exception>
    public bool Flag(string name) =>
        Text(name) is { } text && (bool.TryParse(text, out var flag) ? flag : throw new BadQueryException($"invalid_{name}", $"{name} is true or false."));

    /// <exception cref="BadQueryException">One has no equals sign.</exception>
    public ILookup<string, string> Attributes() => request.Query["attributes"]
        .OfType<string>()
        .Where(pair => pair.Length > 0)
        .Select(pair => pair.Split('=', 2))
        .ToLookup(
            pair => pair[0],
            pair => pair is [_, var value] ? value : throw new BadQueryException("invalid_attributes", "An attribute is asked for as key=value."));

    /// <summary>A text, or null where there is none.</summary>
    public string? Text(string name) => request.Query[name].ToString() is { Length: > 0 } text ? text : null;

    /// <exception cref="BadQueryException">It is no trace id.</exception>
    public static UInt128 ParseTraceId(string id) =>
        TelemetryIds.TryParseTrace(id, out var traceId)
            ? traceId
            : throw new BadQueryException("invalid_trace", "A trace id has 32 hexadecimal digits.");

    private int Whole(string name, string code, int orElse, int most) =>
        Text(name) is not { } text ? orElse
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= most ? number
        : throw new BadQueryException(code, $"{name} is a number from 1 to {most}.");
}
