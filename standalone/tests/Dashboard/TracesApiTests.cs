using System.Net;
using System.Text.Json;
using Aspire.Dashboard.Otlp.Protocol;
using WireSpan = Aspire.Dashboard.Otlp.Protocol.Span;

namespace PulseBoard.Tests.Standalone.Dashboard;

public sealed class TracesApiTests
{
    [Fact]
    public async Task Trace_comes_together_from_services_in_any_order()
    {
        await using var receiver = await DashboardReceiver.StartAsync();
        var query = Exports.SpanOf(1, 4, parent: 3, name: "SELECT", start: 1.2, seconds: 0.1);
        query.Kind = WireSpan.Types.SpanKind.Client;
        query.Attributes.Add(Exports.Pair("db.system.name", "postgresql"));
        var call = Exports.SpanOf(1, 2, parent: 1, name: "GET api", start: 1, seconds: 0.5);
        call.Kind = WireSpan.Types.SpanKind.Client;
        call.Attributes.Add(Exports.Pair("server.address", "api"));
        var served = Exports.SpanOf(1, 3, parent: 2, name: "GET /things", start: 1.1, seconds: 0.3);
        served.Status = new() { Code = Status.Types.StatusCode.Error, Message = "no things" };
        served.Events.Add(new WireSpan.Types.Event { Name = "retry", TimeUnixNano = Exports.At(1.15) });
        await receiver.TakeAsync(
            Exports.Spans("api", query, served),
            Exports.Spans("web", Exports.SpanOf(1, 5, parent: 1, name: "render", start: 1.6, seconds: 0.2), call),
            Exports.Spans("web", Exports.SpanOf(1, 1, name: "GET /", seconds: 2)));

        var row = (await receiver.GetAsync("traces")).GetProperty("traces")[0];
        var trace = await receiver.GetAsync($"traces/{Exports.Hex(Exports.TraceId(1))}");

        Assert.Equal(
            ("GET /", "web", 2000.0, 5, 1, "internal"),
            (Text(row, "name"), Text(row, "resource"), row.GetProperty("duration").GetDouble(), row.GetProperty("spans").GetInt32(),
                row.GetProperty("errors").GetInt32(), Text(row, "kind")));
        Assert.Equal("""[{"name":"web","spans":3,"errors":0},{"name":"api","spans":2,"errors":1}]""", row.GetProperty("resources").GetRawText());
        var spans = trace.GetProperty("spans").EnumerateArray().ToArray();
        Assert.Equal(
            [("GET /", 0, 2), ("GET api", 1, 1), ("GET /things", 2, 1), ("SELECT", 3, 0), ("render", 1, 0)],
            spans.Select(span => (Text(span, "name"), span.GetProperty("depth").GetInt32(), span.GetProperty("children").GetInt32())));
        Assert.Equal([null, null, null, "postgresql", null], spans.Select(span => span.GetProperty("peer").GetString()));
        Assert.Equal(("error", "no things"), (Text(spans[2], "status"), Text(spans[2], "statusMessage")));
        Assert.Equal(1150, spans[2].GetProperty("events")[0].GetProperty("at").GetDouble(), 3);
        Assert.Equal(1100, spans[2].GetProperty("start").GetDouble(), 3);
        Assert.Equal(("client", "web-1", "Test.Source"), (Text(spans[1], "kind"), Text(spans[1], "instance"), Text(spans[1], "scope")));
    }

    [Fact]
    public async Task Span_of_an_unknown_parent_is_a_root_and_a_circle_ends()
    {
        await using var receiver = await DashboardReceiver.StartAsync();
        await receiver.TakeAsync(Exports.Spans(
            "web",
            Exports.SpanOf(1, 1, parent: 2, name: "chicken", start: 3), Exports.SpanOf(1, 2, parent: 1, name: "egg", start: 4),
            Exports.SpanOf(1, 3, parent: 9, name: "orphan", start: 2), Exports.SpanOf(1, 4, parent: 4, name: "own", start: 5)));

        var spans = (await receiver.GetAsync($"traces/{Exports.Hex(Exports.TraceId(1))}")).GetProperty("spans").EnumerateArray();

        Assert.Equal(
            [("orphan", 0), ("chicken", 0), ("egg", 1), ("own", 0)],
            spans.Select(span => (Text(span, "name"), span.GetProperty("depth").GetInt32())));
    }

    [Fact]
    public async Task Links_lead_both_ways()
    {
        await using var receiver = await DashboardReceiver.StartAsync();
        var batch = Exports.SpanOf(2, 20, name: "batch");
        batch.Links.Add(new WireSpan.Types.Link { TraceId = Exports.TraceId(1), SpanId = Exports.SpanId(10), Attributes = { Exports.Pair("of", "event") } });
        batch.Links.Add(new WireSpan.Types.Link { TraceId = Exports.TraceId(9), SpanId = Exports.SpanId(90) });
        await receiver.TakeAsync(Exports.Spans("worker", batch), Exports.Spans("web", Exports.SpanOf(1, 10, name: "POST /events")));

        var from = (await receiver.GetAsync($"traces/{Exports.Hex(Exports.TraceId(2))}")).GetProperty("spans")[0].GetProperty("links");
        var to = (await receiver.GetAsync($"traces/{Exports.Hex(Exports.TraceId(1))}")).GetProperty("spans")[0].GetProperty("backlinks");

        Assert.Equal(
            """{"trace":"00000000000000000000000000000001","span":"000000000000000a","name":"POST /events","resource":"web","known":true,"attributes":[{"key":"of","value":"event"}]}""",
            from[0].GetRawText());
        Assert.Equal(
            """{"trace":"00000000000000000000000000000009","span":"000000000000005a","name":null,"resource":null,"known":false,"attributes":[]}""",
            from[1].GetRawText());
        Assert.Equal(
            """[{"trace":"00000000000000000000000000000002","span":"0000000000000014","name":"batch","resource":"worker"}]""",
            to.GetRawText());
    }

    [Fact]
    public async Task Oldest_trace_goes_whole_and_is_counted()
    {
        await using var receiver = await DashboardReceiver.StartAsync(new() { Traces = 2 });
        await receiver.TakeAsync(
            Exports.Spans("web", Exports.SpanOf(1, 1), Exports.SpanOf(1, 2)),
            Exports.Spans("web", Exports.SpanOf(2, 3)),
            Exports.Spans("web", Exports.SpanOf(3, 4)));

        var status = await receiver.GetAsync("status");

        Assert.Equal("""{"kept":2,"limit":2,"dropped":1}""", status.GetProperty("traces").GetRawText());
        Assert.Equal("""{"kept":2,"limitPerTrace":1000,"dropped":2}""", status.GetProperty("spans").GetRawText());
        Assert.Equal((HttpStatusCode.NotFound, "unknown_trace"), await receiver.RefusedAsync($"traces/{Exports.Hex(Exports.TraceId(1))}"));
    }

    [Fact]
    public async Task Traces_give_way_when_all_spans_are_too_many()
    {
        await using var receiver = await DashboardReceiver.StartAsync(new() { Spans = 3 });
        await receiver.TakeAsync(
            Exports.Spans("web", Exports.SpanOf(1, 1), Exports.SpanOf(1, 2)),
            Exports.Spans("web", Exports.SpanOf(2, 3), Exports.SpanOf(2, 4)));

        var (traces, spans) = receiver.Telemetry.Traces.Counts;

        Assert.Equal((1, 2), (traces.Kept, spans.Kept));
    }

    [Fact]
    public async Task Spans_beyond_the_limit_of_a_trace_are_counted_in_it()
    {
        await using var receiver = await DashboardReceiver.StartAsync(new() { SpansPerTrace = 20 });
        await receiver.TakeAsync(
            Exports.Spans("web", [.. Enumerable.Range(1, 15).Select(id => Exports.SpanOf(1, id))]),
            Exports.Spans("web", [.. Enumerable.Range(16, 30).Select(id => Exports.SpanOf(1, id))]));

        var trace = await receiver.GetAsync($"traces/{Exports.Hex(Exports.TraceId(1))}");

        Assert.Equal(20, trace.GetProperty("spans").GetArrayLength());
        Assert.Equal(25, trace.GetProperty("dropped").GetInt32());
        Assert.Equal((45, 20), (receiver.Telemetry.Traces.Counts.Spans.Received, receiver.Telemetry.Traces.Counts.Spans.Kept));
    }

    [Fact]
    public async Task Span_that_is_sent_twice_is_kept_once()
    {
        await using var receiver = await DashboardReceiver.StartAsync();
        var spans = Enumerable.Range(1, 40).Select(id => Exports.SpanOf(1, id)).ToArray();
        await receiver.TakeAsync(Exports.Spans("web", spans), Exports.Spans("web", spans));

        Assert.Equal(40, receiver.Telemetry.Traces.Counts.Spans.Kept);
    }

    [Fact]
    public async Task Events_of_a_span_are_cut()
    {
        await using var receiver = await DashboardReceiver.StartAsync(new() { EventsPerSpan = 2 });
        var span = Exports.SpanOf(1, 1);
        span.Events.AddRange(Enumerable.Range(0, 5).Select(number => new WireSpan.Types.Event { Name = $"{number}" }));
        await receiver.TakeAsync(Exports.Spans("web", span));

        var trace = await receiver.GetAsync($"traces/{Exports.Hex(Exports.TraceId(1))}");

        Assert.Equal(2, trace.GetProperty("spans")[0].GetProperty("events").GetArrayLength());
    }

    [Theory]
    [InlineData("", "third,second,first")]
    [InlineData("resource=api", "second")]
    [InlineData("text=HIR", "third")]
    [InlineData("text=postgres", "second")]
    [InlineData("text=00003", "third")]
    [InlineData("errors=true", "second")]
    [InlineData("errors=false", "third,second,first")]
    [InlineData("minDuration=1500.5", "third")]
    [InlineData("type=database", "second")]
    [InlineData("type=other", "third,second,first")]
    [InlineData("resource=nobody", "")]
    public async Task Traces_are_filtered(string query, string expected)
    {
        await using var receiver = await DashboardReceiver.StartAsync();
        await StartThreeAsync(receiver);

        var page = await receiver.GetAsync($"traces?{query}");

        Assert.Equal(expected, string.Join(',', Names(page)));
        Assert.Equal(Names(page).Length, page.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Traces_are_paged()
    {
        await using var receiver = await DashboardReceiver.StartAsync();
        await StartThreeAsync(receiver);

        var first = await receiver.GetAsync("traces?limit=2");
        await receiver.TakeAsync(Exports.Spans("web", Exports.SpanOf(4, 1, name: "fourth", start: 9)));
        var second = await receiver.GetAsync($"traces?limit=2&before={Text(first, "next")}");

        Assert.Equal(["third", "second"], Names(first));
        Assert.Equal(["first"], Names(second));
        Assert.Equal((3, 4), (first.GetProperty("total").GetInt32(), second.GetProperty("total").GetInt32()));
        Assert.Equal(3000, first.GetProperty("longest").GetDouble());
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
    }

    [Theory]
    [InlineData("limit=-1", "invalid_limit")]
    [InlineData("before=zz", "invalid_cursor")]
    [InlineData("errors=perhaps", "invalid_errors")]
    [InlineData("minDuration=long", "invalid_min_duration")]
    [InlineData("type=strange", "invalid_type")]
    public async Task Bad_question_about_traces_is_refused(string query, string code)
    {
        await using var receiver = await DashboardReceiver.StartAsync();

        Assert.Equal((HttpStatusCode.BadRequest, code), await receiver.RefusedAsync($"traces?{query}"));
    }

    private static Task StartThreeAsync(DashboardReceiver receiver)
    {
        var failed = Exports.SpanOf(2, 3, parent: 2, start: 2);
        failed.Status = new() { Code = Status.Types.StatusCode.Error };
        failed.Attributes.Add(Exports.Pair("db.system.name", "PostgreSQL"));
        return receiver.TakeAsync(
            Exports.Spans("web", Exports.SpanOf(3, 4, name: "third", start: 3, seconds: 3)),
            Exports.Spans("web", Exports.SpanOf(1, 1, name: "first", start: 1), Exports.SpanOf(2, 2, name: "second", start: 2)),
            Exports.Spans("api", failed));
    }

    private static string[] Names(JsonElement page) => [.. page.GetProperty("traces").EnumerateArray().Select(trace => Text(trace, "name")!)];

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
