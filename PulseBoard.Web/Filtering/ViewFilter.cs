using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace PulseBoard.Web.Filtering;

/// <summary>
/// What a page is about, as its address says it: a view can be shared, bookmarked, reloaded, and left and come back to. What an address
/// says wrongly counts as not said.
/// </summary>
internal sealed record ViewFilter
{
    private const string RangeKey = "range";
    private const string FromKey = "from";
    private const string ToKey = "to";
    private const string CompareKey = "compare";
    private const string IntervalKey = "interval";
    private const string ZoneKey = "tz";
    private const string TeamKey = "team";
    private const string UserKey = "user";
    private const string TypeKey = "type";
    private const string SearchKey = "search";
    private const string MetricKey = "metric";
    private const string PanelKey = "panel";
    private const string DateFormat = "yyyy-MM-dd";

    /// <summary>Values of <see cref="Compare"/> and how they are called; the first is the usual one.</summary>
    public static readonly IReadOnlyList<(string Key, string Label)> Comparisons =
        [("previous", "the time before"), ("year", "a year before"), ("none", "nothing")];

    /// <summary>Values of <see cref="Interval"/>; none means what fits the range.</summary>
    public static readonly IReadOnlyList<string> Intervals = ["hour", "day", "week", "month"];

    /// <summary>Of an address that says nothing. After what it is made of.</summary>
    public static readonly ViewFilter Default = new();

    /// <summary>The range that ends with today; null where <see cref="From"/> and <see cref="To"/> say it.</summary>
    public RangePreset? Preset { get; init; } = RangePreset.Default;

    /// <summary>The first day, without a preset.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day, without a preset.</summary>
    public DateOnly? To { get; init; }

    public string Compare { get; init; } = Comparisons[0].Key;

    public string? Interval { get; init; }

    /// <summary>An IANA id; null is the installation's reporting zone.</summary>
    public string? Zone { get; init; }

    public ValueList Teams { get; init; } = ValueList.Empty;

    public ValueList People { get; init; } = ValueList.Empty;

    public ValueList Types { get; init; } = ValueList.Empty;

    /// <summary>What is looked for, on pages that search.</summary>
    public string? Search { get; init; }

    /// <summary>What is ranked by, on pages that rank; null is the usual one.</summary>
    public string? Metric { get; init; }

    /// <summary>The only panel that is shown; null is all of them.</summary>
    public string? Panel { get; init; }

    public static ViewFilter Parse(string address)
    {
        var start = address.IndexOf('?', StringComparison.Ordinal);
        if (start < 0)
        {
            return Default;
        }

        var end = address.IndexOf('#', start);
        var query = QueryHelpers.ParseQuery(end < 0 ? address[start..] : address[start..end]);
        var (from, to) = (Date(Text(FromKey)), Date(Text(ToKey)));
        var isCustom = from is not null && to is not null && from <= to;
        return new()
        {
            Preset = isCustom ? null : RangePreset.Find(Text(RangeKey)) ?? RangePreset.Default,
            From = isCustom ? from : null,
            To = isCustom ? to : null,
            Compare = Comparisons.Any(comparison => comparison.Key == Text(CompareKey)) ? Text(CompareKey)! : Comparisons[0].Key,
            Interval = Intervals.FirstOrDefault(interval => interval == Text(IntervalKey)),
            Zone = Text(ZoneKey) is { Length: > 0 } zone && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _) ? zone : null,
            Teams = Values(TeamKey),
            People = Values(UserKey),
            Types = Values(TypeKey),
            Search = Text(SearchKey) is { Length: > 0 } search ? search : null,
            Metric = Text(MetricKey) is { Length: > 0 } metric ? metric : null,
            Panel = Text(PanelKey) is { Length: > 0 } panel ? panel : null,
        };

        string? Text(string key) => query.TryGetValue(key, out var values) ? values[^1] : null;

        ValueList Values(string key) => query.TryGetValue(key, out var values) ? ValueList.Of(values.OfType<string>()) : ValueList.Empty;

        static DateOnly? Date(string? text) =>
            DateOnly.TryParseExact(text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
    }

    /// <summary>The address of a page with this filter: what is usual is left out.</summary>
    /// <param name="path">The page.</param>
    public string Address(string path)
    {
        var query = new QueryText(path);
        if (Preset is null)
        {
            query.Add(FromKey, Date(From));
            query.Add(ToKey, Date(To));
        }
        else if (Preset != RangePreset.Default)
        {
            query.Add(RangeKey, Preset.Key);
        }

        if (Compare != Comparisons[0].Key)
        {
            query.Add(CompareKey, Compare);
        }

        query.Add(IntervalKey, Interval);
        query.Add(ZoneKey, Zone);
        AddLists(query);
        query.Add(SearchKey, Search);
        query.Add(MetricKey, Metric);
        query.Add(PanelKey, Panel);
        return query.ToString();
    }

    /// <summary>A question about what the filter lets through.</summary>
    /// <param name="path">The endpoint.</param>
    /// <param name="today">Today where days begin.</param>
    /// <param name="isCompared">Whether the answer compares.</param>
    /// <param name="own">Further parameters.</param>
    public string Question(string path, DateOnly today, bool isCompared, params IReadOnlyList<(string Name, string? Value)> own)
    {
        var query = new QueryText(path);
        query.Add(FromKey, Date(Preset is { } preset ? today.AddDays(1 - preset.Days) : From));
        query.Add(ToKey, Date(Preset is null ? To : today));
        if (isCompared && Compare != "none")
        {
            query.Add(CompareKey, Compare);
        }

        query.Add(IntervalKey, Interval);
        query.Add(ZoneKey, Zone);
        AddLists(query);
        foreach (var (name, value) in own)
        {
            query.Add(name, value);
        }

        return query.ToString();
    }

    private static string? Date(DateOnly? date) => date?.ToString(DateFormat, CultureInfo.InvariantCulture);

    private void AddLists(QueryText query)
    {
        foreach (var (key, values) in ((string, ValueList)[])[(TeamKey, Teams), (UserKey, People), (TypeKey, Types)])
        {
            foreach (var value in values)
            {
                query.Add(key, value);
            }
        }
    }
}
