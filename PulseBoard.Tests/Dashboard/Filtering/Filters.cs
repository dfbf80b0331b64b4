using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using PulseBoard.Dashboard.Answers;
using PulseBoard.Dashboard.Filtering;
using PulseBoard.Data.Rollups;

namespace PulseBoard.Tests.Dashboard.Filtering;

/// <summary>Reads filters from queries as they are on the wire, on a Thursday.</summary>
internal static class Filters
{
    public const string Now = "2026-11-26T12:00:00Z";

    public static FilterRules Rules { get; } = new(
        DefaultRange.Month,
        usesInterval: true,
        usesComparison: true,
        new WordParameter("by", "What there is a series of.", ["none", "team"], "none"),
        new NumberParameter("limit", "How many series.", Least: 1, Most: 100, Otherwise: 10));

    public static FilterRules AllTime { get; } = new(DefaultRange.AllTime, usesInterval: true, usesComparison: true);

    public static FilterReader Reader(string zone = "UTC", string now = Now) =>
        new(Options.Create(new ReportingOptions { TimeZone = zone }), new StoppedClock(now));

    public static IQueryCollection Query(string query)
    {
        var context = new DefaultHttpContext();
        context.Request.QueryString = new(query.Length == 0 ? "" : $"?{query}");
        return context.Request.Query;
    }

    public static MetricsFilter Read(string query, FilterRules? rules = null, string zone = "UTC", string now = Now) =>
        Reader(zone, now).Read(Query(query), rules ?? Rules);

    public static TimeRange Range(string query, string zone = "UTC", string now = Now) => Read(query, null, zone, now).Range!;

    public static TimeRange Days(string zone, string first, string last) => Range($"from={first}&to={last}&tz={zone}");

    public static ParameterException Refused(string query, FilterRules? rules = null, string zone = "UTC", string now = Now) =>
        Assert.Throws<ParameterException>(() => Read(query, rules, zone, now));

    public static void Refused(string query, string code, string field, FilterRules? rules = null)
    {
        var refusal = Refused(query, rules);
        Assert.Equal((code, field), (refusal.Code, refusal.Field));
    }

    private sealed class StoppedClock(string now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.Parse(now, CultureInfo.InvariantCulture);
    }
}
