using System.Diagnostics;
using System.Globalization;
using System.Net;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Metrics;

/// <summary>What nobody asks in good faith: each is answered, or refused with the parameter named, in bounded time.</summary>
[Collection(ApplicationCollection.Name)]
public sealed class MetricsLimitTests(SharedMetricsSystem shared) : IClassFixture<SharedMetricsSystem>
{
    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(10);

    private static readonly string[] Endpoints = ["summary", "totals", "timeseries", "heatmap", "calendar", "leaderboard", "cycle-time", "people/ben", "../events"];

    private static readonly string[] Names =
        ["from", "to", "tz", "user", "team", "type", "interval", "compare", "by", "metric", "limit", "search", "cursor", "", "user[]", "'", "from;", "unknown\0"];

    private static readonly string[] Codes = ["invalid_parameter", "unknown_parameter", "range_too_long", "too_many_values"];

    // As they stand in the query.
    private static readonly string[] Values =
    [
        "", "%20", "%00", "a%00b", "%FF", "%ED%A0%80", "%F0%9F%98%80", "%", "%25", "_", "%5C", "%22", "a%0D%0Ab: c", new('a', 101), new('b', 3_000), "%27%20OR%201=1--", "%27;%20DROP%20TABLE%20events;--",
        "$1", "%7B0%7D", "1)%20UNION%20SELECT%20version()--", "pg_sleep(5)", "-1", "0", "1.5", "1e3", "0x10", "%2B5", "99999999999999999999", "NaN", "null", "true", "%D9%A1",
        "2026-02-30", "0001-01-01", "9999-12-31", "10000-01-01", "1969-12-31", "2026-11-01T00:00:00%2B25:00", "2026-11-01T00:07Z", "2026-11-01T00:00", "9999-12-31T23:45:00-14:00", "infinity",
        "../../etc/passwd", "Europe/berlin", "EST5EDT,M3.2.0,M11.1.0", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "f_________________________________", "hour,day", "HOUR",
    ];

    private MetricsSystem System => shared.System;

    [Fact]
    public async Task Hostile_parameters_are_answered_or_refused_by_name()
    {
        var events = await System.Database.QueryAsync<long>("SELECT count(*) FROM events");
        var faults = new List<string>();
        var asked = 0;
        foreach (var name in Names)
        {
            foreach (var value in Values)
            {
                var url = $"/api/metrics/{Endpoints[asked++ % Endpoints.Length]}?{Uri.EscapeDataString(name)}={value}";
                if (await FaultAsync(url, name) is { } fault)
                {
                    faults.Add($"GET {url}: {fault}");
                }
            }
        }

        Assert.True(faults.Count == 0, $"{faults.Count} of {asked} questions are answered wrong:\n{string.Join('\n', faults)}");
        Assert.Equal(events, await System.Database.QueryAsync<long>("SELECT count(*) FROM events"));
    }

    [Fact]
    public async Task Hostile_names_in_the_path_are_people_who_are_not_there()
    {
        foreach (var value in Values.Where(value => value.Length is > 0 and < 200))
        {
            var answer = await System.AskAsync($"/api/metrics/people/{value}");
            Assert.True(answer.Status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{value}: {answer.Status} {answer.Body}");
        }
    }

    [Theory]
    [InlineData("timeseries", "from=2017-01-01&to=2026-12-31&interval=hour", "range_too_long", "interval")]
    [InlineData("cycle-time", "from=2017-01-01&to=2026-12-31&interval=day", "range_too_long", "interval")]
    [InlineData("totals", "from=2016-01-01&to=2026-12-31", "range_too_long", null)]
    [InlineData("calendar", "from=1971-01-01&to=9998-12-31", "range_too_long", null)]
    [InlineData("calendar", "from=1971-01-01&to=9999-12-31", "invalid_parameter", "to")]
    [InlineData("heatmap", "from=2026-11-02&to=2026-11-01", "invalid_parameter", null)]
    [InlineData("summary", "from=2026-11-01&to=2026-11-02T00:00:00Z", "invalid_parameter", null)]
    [InlineData("totals", "from=2026-11-01&from=2026-11-02", "invalid_parameter", "from")]
    [InlineData("totals", "tz=UTC&tz=UTC", "invalid_parameter", "tz")]
    [InlineData("totals", "interval=day&interval=day", "invalid_parameter", "interval")]
    [InlineData("leaderboard", "limit=5&limit=5", "invalid_parameter", "limit")]
    [InlineData("leaderboard", "by=type", "invalid_parameter", "by")]
    [InlineData("timeseries", "by=user&metric=active_people", "invalid_parameter", null)]
    [InlineData("timeseries", "by=type&metric=active_days", "invalid_parameter", "metric")]
    [InlineData("summary", "search=a", "unknown_parameter", "search")]
    [InlineData("people/ben", "user=carla", "invalid_parameter", "user")]
    public async Task Contradictions_and_too_much_are_refused_by_name(string endpoint, string query, string code, string? field)
    {
        var answer = await System.AskAsync($"/api/metrics/{endpoint}?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(code, answer.Json.GetProperty("code").GetString());
        var named = answer.Json.GetProperty("field").GetString();
        Assert.True(named == field || (field is null && query.Contains($"{named}=", StringComparison.Ordinal)), $"{named} is named");
    }

    [Fact]
    public async Task As_many_values_as_are_allowed_are_answered_and_more_are_refused()
    {
        const int Most = 1_000;
        const string Characters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
        var users = Enumerable.Range(0, Most).Select(number => $"user={Characters[number % Characters.Length]}").ToList();

        var all = await System.AskAsync($"/api/metrics/leaderboard?{string.Join('&', users)}");
        var oneMore = await System.AskAsync($"/api/metrics/leaderboard?{string.Join('&', users)}&user=z");
        var thousands = await System.AskAsync($"/api/metrics/leaderboard?{string.Join('&', Enumerable.Range(0, 20 * Most).Select(number => string.Create(CultureInfo.InvariantCulture, $"user={number}")))}");

        Assert.Equal(HttpStatusCode.OK, all.Status);
        Assert.Equal(HttpStatusCode.BadRequest, oneMore.Status);
        Assert.Equal(("too_many_values", "user"), (oneMore.Json.GetProperty("code").GetString(), oneMore.Json.GetProperty("field").GetString()));
        Assert.True(thousands.Status is HttpStatusCode.BadRequest or HttpStatusCode.RequestUriTooLong, $"{thousands.Status}");
    }

    [Fact]
    public async Task A_question_that_takes_too_long_is_ended_and_the_next_one_is_answered()
    {
        const string Question = "/api/metrics/totals?user=ben";
        await System.TellAsync();
        await using (await System.Database.BeginAsync("LOCK TABLE rollup_deltas IN ACCESS EXCLUSIVE MODE"))
        {
            var started = Stopwatch.GetTimestamp();
            var answer = await System.AskAsync(Question);

            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
            Assert.Equal("storage_unavailable", answer.Json.GetProperty("code").GetString());
            Assert.InRange(Stopwatch.GetElapsedTime(started), SharedMetricsSystem.ComputeTimeout, Prompt);
            await Eventually.BecomesAsync("the statement to be ended in Postgres too", System.Database.WaitingAsync, waiting => waiting == 0);
        }

        Assert.Equal(HttpStatusCode.OK, (await System.AskAsync(Question)).Status);
    }

    /// <returns>Null where it is answered, or refused for what it is.</returns>
    private async Task<string?> FaultAsync(string url, string name)
    {
        var answer = await System.AskAsync(url);
        if (answer.Status == HttpStatusCode.OK)
        {
            return null;
        }

        if (answer.Status != HttpStatusCode.BadRequest || !answer.Body.StartsWith('{'))
        {
            return $"{answer.Status} {answer.Body}";
        }

        // An unknown name comes back without what might be code where it is shown.
        var problem = answer.Json;
        var (code, field) = (problem.GetProperty("code").GetString(), problem.GetProperty("field").GetString()!);
        return Codes.Contains(code) && field.Length == name.Length && field.Zip(name).All(pair => pair.First == pair.Second || (pair.First == '?' && code == "unknown_parameter")) ? null : answer.Body;
    }
}
