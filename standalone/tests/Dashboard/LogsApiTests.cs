using System.Net;
using System.Text.Json;
using Aspire.Dashboard.Otlp.Protocol;

namespace PulseBoard.Tests.Standalone.Dashboard;

public sealed class LogsApiTests
{
    [Fact]
    public async Task Logs_are_listed_newest_first_by_their_own_time()
    {
        await using var receiver = await DashboardReceiver.StartAsync();
        await receiver.TakeAsync(
            Exports.Logs("web", Exports.Log("third", at: 3), Exports.Log("first", at: 1)),
            Exports.Logs("api", Exports.Log("second", at: 2)));

        var page = await receiver.GetAsync("logs");

        Assert.Equal(["third", "second", "first"], Messages(page));
        Assert.Equal(3, page.GetProperty("total").GetInt32());
        Assert.Equal(receiver.Telemetry.LogsVersion, page.GetProperty("version").GetInt64());
        var second = page.GetProperty("logs")[1];
        Assert.Equal(
            ("api", "api-1", "information", "Test.Category", Exports.Milliseconds(2)),
            (second.GetProperty("resource").GetString(), second.GetProperty("instance").GetString(), second.GetProperty("level").GetString(),
                second.GetProperty("category").GetString(), second.GetProperty("at").GetDouble()));
    }

    [Theory]
    [InlineData("resource=api", "api")]
    [InlineData("level=warning", "failed,slow")]
    [InlineData("level=ERROR", "failed")]
    [InlineData("text=SLO", "slow")]
    [InlineData("text=secretary", "api")]
    [InlineData("trace=00000000000000000000000000000007", "failed,slow")]
    [InlineData("trace=00000000000000000000000000000007&span=0000000000000002", "failed")]
    [InlineData("resource=nobody", "")]
    [InlineData("level=&text=&resource=", "failed,slow,api")]
    public async Task Logs_are_filtered(string query, string expected)
    {
        await using var receiver = await DashboardReceiver.StartAsync();
        var slow = Exports.Log("slow", at: 2, severity: 13);
        var failed = Exports.Log("failed", at: 3, severity: 17);
        (slow.TraceId, slow.SpanId) = (Exports.TraceId(7), Exports.SpanId(1));
        (failed.TraceId, failed.SpanId) = (Exports.TraceId(7), Exports.SpanId(2));
        await receiver.TakeAsync(
            Exports.Logs("api", Exports.Log("api", at: 1, attributes: Exports.Pair("who", "A Secretary"))),
            Exports.Logs("web", slow, failed));

        var page = await receiver.GetAsync($"logs?{query}");

        Assert.Equal(expected, string.Join(',', Messages(page)));
        Assert.Equal(Messages(page).Length, page.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Logs_go_on_from_a_record()
    {
        await using var receiver = await DashboardReceiver.StartAsync();
        await receiver.TakeAsync(Exports.Logs("web", [.. Enumerable.Range(1, 5).Select(number => Exports.Log($"{number}", at: number))]));

        var first = await receiver.GetAsync("logs?limit=2");
        await receiver.TakeAsync(Exports.Logs("web", Exports.Log("6", at: 6)));
        var second = await receiver.GetAsync($"logs?limit=2&before={first.GetProperty("logs")[1].GetProperty("id").GetInt64()}");

        Assert.Equal(["5", "4"], Messages(first));
        Assert.Equal(["3", "2"], Messages(second));
        Assert.Equal(6, second.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Log_tells_all_that_is_known()
    {
        await using var receiver = await DashboardReceiver.StartAsync();
        var list = new KeyValue { Key = "list", Value = new() { ArrayValue = new() { Values = { new AnyValue { StringValue = "a" }, new AnyValue { IntValue = 2 } } } } };
        var record = Exports.Log(
            "Hello Ann", 0, 21,
            Exports.Pair("{OriginalFormat}", "Hello {Name}"), list, Exports.Pair("exception.type", "System.Exception"),
            Exports.Pair("exception.message", "broken"), Exports.Pair("exception.stacktrace", "at Main"));
        record.EventName = "Greeting";
        await receiver.TakeAsync(Exports.Logs("web", record));

        var row = (await receiver.GetAsync("logs")).GetProperty("logs")[0];
        var log = await receiver.GetAsync($"logs/{row.GetProperty("id").GetInt64()}");

        Assert.True(row.GetProperty("hasException").GetBoolean());
        Assert.Equal("""[{"key":"list","value":"[\"a\",2]"}]""", log.GetProperty("attributes").GetRawText());
        Assert.Equal("""{"type":"System.Exception","message":"broken","stack":"at Main"}""", log.GetProperty("exception").GetRawText());
        Assert.Equal(
            ("critical", "Greeting", "Hello {Name}"),
            (log.GetProperty("level").GetString(), log.GetProperty("event").GetString(), log.GetProperty("template").GetString()));
        Assert.Equal("service.name", log.GetProperty("resourceAttributes")[0].GetProperty("key").GetString());
        Assert.Equal(0, log.GetProperty("scopeAttributes").GetArrayLength());
    }

    [Fact]
    public async Task Oldest_logs_give_way_and_are_counted()
    {
        await using var receiver = await DashboardReceiver.StartAsync(new() { Logs = 3 });
        await receiver.TakeAsync(Exports.Logs("web", Exports.Log("1"), Exports.Log("2")));
        await receiver.TakeAsync(Exports.Logs("web", [.. Enumerable.Range(3, 7).Select(number => Exports.Log($"{number}"))]));
        await receiver.TakeAsync(Exports.Logs("web", Exports.Log("10")));

        var page = await receiver.GetAsync("logs");

        Assert.Equal(["10", "9", "8"], Messages(page));
        Assert.Equal("""{"kept":3,"limit":3,"dropped":7}""", (await receiver.GetAsync("status")).GetProperty("logs").GetRawText());
        Assert.Equal((HttpStatusCode.NotFound, "unknown_log"), await receiver.RefusedAsync("logs/1"));
    }

    [Fact]
    public async Task Texts_and_attributes_are_cut()
    {
        await using var receiver = await DashboardReceiver.StartAsync(new() { Attributes = 2, ValueLength = 5 });
        await receiver.TakeAsync(Exports.Logs(
            "web", Exports.Log("abcdefgh", 0, 9, Exports.Pair("a", "12345"), Exports.Pair("b", "123😀5"), Exports.Pair("c", "gone"))));

        var log = await receiver.GetAsync("logs/1");

        Assert.Equal("abcd…", log.GetProperty("message").GetString());
        Assert.Equal(
            [("a", "12345"), ("b", "123…")],
            log.GetProperty("attributes").EnumerateArray().Select(pair => (pair.GetProperty("key").GetString()!, pair.GetProperty("value").GetString()!)));
    }

    [Theory]
    [InlineData("level=loud", "invalid_level")]
    [InlineData("limit=0", "invalid_limit")]
    [InlineData("limit=1001", "invalid_limit")]
    [InlineData("limit=many", "invalid_limit")]
    [InlineData("before=x", "invalid_cursor")]
    [InlineData("trace=12", "invalid_trace")]
    [InlineData("span=zz", "invalid_span")]
    public async Task Bad_question_about_logs_is_refused(string query, string code)
    {
        await using var receiver = await DashboardReceiver.StartAsync();

        Assert.Equal((HttpStatusCode.BadRequest, code), await receiver.RefusedAsync($"logs?{query}"));
    }

    private static string[] Messages(JsonElement page) =>
        [.. page.GetProperty("logs").EnumerateArray().Select(log => log.GetProperty("message").GetString()!)];
}
