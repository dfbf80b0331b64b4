namespace Aspire.Dashboard.Telemetry.Logs;

/// <summary>Which log records are asked for.</summary>
internal sealed record LogQuery
{
    public string? Resource { get; init; }

    /// <summary>The least level.</summary>
    public int Level { get; init; }

    /// <summary>Part of a message, a category or an attribute's value, in any case.</summary>
    public string? Text { get; init; }

    public UInt128? TraceId { get; init; }

    public ulong? SpanId { get; init; }

    /// <summary>The record that the page goes on from.</summary>
    public long? Before { get; init; }

    public int Limit { get; init; } = int.MaxValue;

    /// <summary>The page that is asked for: the newest first, by their own time, for services send when they like.</summary>
    /// <param name="entries">All that is kept, in the order of arrival; they are put in order.</param>
    /// <param name="total">How many match, on whichever page.</param>
    public IReadOnlyList<LogEntry> Page(LogEntry[] entries, out int total)
    {
        Array.Sort(entries, static (one, other) => other.At != one.At ? other.At.CompareTo(one.At) : other.Id.CompareTo(one.Id));
        var page = new List<LogEntry>();
        var reached = Before is null;
        total = 0;
        foreach (var entry in entries)
        {
            if (Matches(entry))
            {
                total++;
                if (reached && page.Count < Limit)
                {
                    page.Add(entry);
                }
            }

            reached |= entry.Id == Before;
        }

        return page;
    }

    private bool Matches(LogEntry entry) =>
        entry.Level >= Level
        && (Resource is null || entry.Resource.Name == Resource)
        && (TraceId is null || entry.TraceId == TraceId)
        && (SpanId is null || entry.SpanId == SpanId)
        && (Text is null || HasText(entry, Text));

    private static bool HasText(LogEntry entry, string text) =>
        Has(entry.Message, text)
        || Has(entry.Scope.Name, text)
        || Array.Exists(entry.Attributes, attribute => Has(attribute.Value, text))
        || (entry.Exception is { } exception && (Has(exception.Type, text) || Has(exception.Message, text) || Has(exception.Stack, text)));

    private static bool Has(string? whole, string part) => whole is not null && whole.Contains(part, StringComparison.OrdinalIgnoreCase);
}
