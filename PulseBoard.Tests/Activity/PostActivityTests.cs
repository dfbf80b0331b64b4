using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using PulseBoard.Contracts;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Activity;

[Collection(ApplicationCollection.Name)]
public sealed class PostActivityTests(PulseBoardApplication application)
{
    [Fact]
    public async Task An_event_is_answered_in_the_reference_systems_words()
    {
        using var response = await application.Activity.PostAsJsonAsync("/api/activity", new { user = PulseBoardApplication.NewUser(), type = "task_created" });

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(["status", "event_id"], body.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal("Event received", body.RootElement.GetProperty("status").GetString());
        Assert.True(body.RootElement.GetProperty("event_id").TryGetGuid(out _));
    }

    [Fact]
    public async Task An_acknowledged_event_is_in_the_database_as_it_was_sent()
    {
        var user = PulseBoardApplication.NewUser();
        var eventId = Guid.NewGuid();

        using var response = await application.Activity.PostAsJsonAsync(
            "/api/activity",
            new { user, type = "build_failed", data = new { task_id = "T-1", points = 3 }, timestamp = "2026-03-01T23:30:00-02:00", event_id = eventId });

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        const string Row = "SELECT concat_ws('|', event_type, user_id, data_payload->>'task_id', data_payload->>'points', timestamp AT TIME ZONE 'UTC') FROM events WHERE event_id = $1";
        Assert.Equal($"build_failed|{user}|T-1|3|2026-03-02 01:30:00", await application.QueryAsync<string>(Row, eventId));
    }

    [Fact]
    public async Task An_event_is_counted_by_its_type_on_the_day_it_happened()
    {
        var user = PulseBoardApplication.NewUser();
        await application.PostAsync(user, "task_created", timestamp: "2026-05-01T23:59:59Z");
        await application.PostAsync(user, "task_completed", timestamp: "2026-05-02T00:00:00Z");
        await application.PostAsync(user, "Task_Created", timestamp: "2026-05-02T12:00:00");

        var summary = await application.CountedAsync(user, 3);

        Assert.Equal(new UserSummary(user, 3, 1, 1), summary);
        const string Days = "SELECT string_agg(concat_ws(':', metric_date, event_count, tasks_created, tasks_completed), ' ' ORDER BY metric_date) FROM daily_user_metrics WHERE user_id = $1";
        Assert.Equal("2026-05-01:1:1:0 2026-05-02:2:0:1", await application.QueryAsync<string>(Days, user));
    }

    [Fact]
    public async Task A_resend_is_acknowledged_as_a_duplicate_and_changes_nothing()
    {
        var user = PulseBoardApplication.NewUser();
        var eventId = Guid.NewGuid();

        var first = await application.PostAsync(user, "task_created", eventId);
        var second = await application.PostAsync(user, "task_created", eventId);
        await application.PostAsync(user, "task_completed");

        Assert.Equal(new ActivityReceipt("Event received", eventId), first);
        Assert.Equal(new ActivityReceipt("Event received", eventId, Duplicate: true), second);
        Assert.Equal(2, await application.StoredAsync(user));
        Assert.Equal(new UserSummary(user, 2, 1, 1), await application.CountedAsync(user, 2));
    }

    [Fact]
    public async Task Many_resends_at_once_store_one_event_and_count_it_once()
    {
        var user = PulseBoardApplication.NewUser();
        var eventId = Guid.NewGuid();

        var receipts = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => application.PostAsync(user, "task_created", eventId)));

        Assert.Single(receipts, receipt => !receipt.Duplicate);
        Assert.Equal(1, await application.StoredAsync(user));
        await application.CountedAsync(user, 1);
        await application.AssertInvariantsAsync();
    }

    [Fact]
    public async Task A_lone_event_and_a_crowd_are_all_stored_and_counted_once()
    {
        var user = PulseBoardApplication.NewUser();

        await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => application.PostAsync(user, "task_created")));

        Assert.Equal(300, await application.StoredAsync(user));
        await application.CountedAsync(user, 300);
        await application.AssertInvariantsAsync();
    }

    public static TheoryData<string, string, string?> Refused => new()
    {
        { """{"type":"x"}""", "required", "user" },
        { """{"user":null,"type":"x"}""", "required", "user" },
        { """{"user":"","type":"x"}""", "required", "user" },
        { """{"user":"  ","type":"x"}""", "required", "user" },
        { """{"user":7,"type":"x"}""", "not_text", "user" },
        { $$"""{"user":"{{new string('u', 101)}}","type":"x"}""", "too_long", "user" },
        { """{"user":"a\u0000b","type":"x"}""", "not_storable", "user" },
        { """{"user":"\ud800","type":"x"}""", "not_storable", "user" },
        { """{"user":"a"}""", "required", "type" },
        { """{"user":"a","type":""}""", "required", "type" },
        { """{"user":"a","type":{"name":"x"}}""", "not_text", "type" },
        { $$"""{"user":"a","type":"{{new string('t', 51)}}"}""", "too_long", "type" },
        { """{"user":"a","type":"x","data":"text"}""", "not_object", "data" },
        { """{"user":"a","type":"x","data":[1]}""", "not_object", "data" },
        { """{"user":"a","type":"x","data":{"s":"\u0000"}}""", "not_storable", "data" },
        { """{"user":"a","type":"x","data":{"s":"\udc00"}}""", "not_storable", "data" },
        { """{"user":"a","type":"x","data":{"n":1e400000}}""", "not_storable", "data" },
        { """{"user":"a","type":"x","data":{"k":1,"k":2}}""", "invalid_json", null },
        { """{"user":"a","type":"x","\ud800":1}""", "invalid_json", null },
        { """{"user":"a","type":"x","data":{"\ud800":1}}""", "invalid_json", null },
        { """{"user":"a","type":"x","timestamp":"yesterday"}""", "not_timestamp", "timestamp" },
        { """{"user":"a","type":"x","timestamp":1763800000}""", "not_timestamp", "timestamp" },
        { """{"user":"a","type":"x","timestamp":"0001-01-01T00:00:00Z"}""", "out_of_range", "timestamp" },
        { """{"user":"a","type":"x","timestamp":"9999-01-01T00:00:00Z"}""", "out_of_range", "timestamp" },
        { """{"user":"a","type":"x","event_id":"7"}""", "not_uuid", "event_id" },
        { """{"user":"a","type":"x"}{""", "invalid_json", null },
        { """{"user":"a","type":"x",""", "invalid_json", null },
        { "", "invalid_json", null },
        { "\"a\"", "event_not_object", null },
        { """[{"user":"a","type":"x"}]""", "event_not_object", null },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_bad_event_is_refused_with_its_code_and_field(string body, string code, string? field)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await application.Activity.PostAsync(new Uri("/api/activity", UriKind.Relative), content);

        await AssertProblemAsync(response, HttpStatusCode.BadRequest, code, field);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_refused()
    {
        using var content = new ByteArrayContent([.. """{"user":"a","type":"x","data":{"s":" """u8, 0xff, .. "\"}}"u8]);
        content.Headers.ContentType = new("application/json");
        using var response = await application.Activity.PostAsync(new Uri("/api/activity", UriKind.Relative), content);

        await AssertProblemAsync(response, HttpStatusCode.BadRequest, "not_storable", "data");
    }

    [Fact]
    public async Task A_bad_event_is_told_all_of_its_faults_at_once()
    {
        using var response = await application.Activity.PostAsJsonAsync("/api/activity", new { user = 1, data = 2, timestamp = 3, event_id = 4 });

        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var fields = problem.RootElement.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString());
        Assert.Equal(["user", "type", "timestamp", "event_id", "data"], fields);
    }

    [Fact]
    public async Task Letters_are_counted_as_Postgres_counts_them()
    {
        // 100 characters, 200 UTF-16 units.
        var user = string.Concat(Enumerable.Repeat("\U0001F980", 100));

        await application.PostAsync(user, "task_created");

        Assert.True(await application.StoredAsync(user) > 0);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused()
    {
        using var response = await application.Activity.PostAsJsonAsync(
            "/api/activity", new { user = "a", type = "x", data = new { text = new string('x', EventLimits.EventBytes) } });

        await AssertProblemAsync(response, HttpStatusCode.RequestEntityTooLarge, "event_too_large");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task A_body_that_is_not_said_to_be_JSON_is_refused(string? contentType)
    {
        using var content = new ByteArrayContent("""{"user":"a","type":"x"}"""u8.ToArray());
        content.Headers.ContentType = contentType is null ? null : new(contentType);
        using var response = await application.Activity.PostAsync(new Uri("/api/activity", UriKind.Relative), content);

        await AssertProblemAsync(response, HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
    }

    [Fact]
    public async Task The_api_describes_itself()
    {
        using var description = JsonDocument.Parse(await application.Activity.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)));

        var post = description.RootElement.GetProperty("paths").GetProperty("/api/activity").GetProperty("post");
        Assert.True(post.GetProperty("responses").TryGetProperty("202", out _));
        Assert.True(post.TryGetProperty("requestBody", out _));
    }

    private static async Task AssertProblemAsync(HttpResponseMessage response, HttpStatusCode status, string code, string? field = null)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(code, problem.RootElement.GetProperty("code").GetString());
        Assert.False(string.IsNullOrWhiteSpace(problem.RootElement.GetProperty("detail").GetString()));
        if (field is not null)
        {
            Assert.Equal(field, problem.RootElement.GetProperty("field").GetString());
        }
    }
}
