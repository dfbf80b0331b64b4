using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using PulseBoard.Contracts;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Analytics;

[Collection(ApplicationCollection.Name)]
public sealed class RecomputationApiTests(PulseBoardApplication application)
{
    private static readonly Uri Route = new("/api/pipeline/recomputations", UriKind.Relative);

    [Fact]
    public async Task A_request_is_fulfilled_by_a_worker_and_readers_hear_of_it()
    {
        // A day of its own, so that nothing else is mended.
        var user = PulseBoardApplication.NewUser();
        await application.PostAsync(user, "task_created", timestamp: "2025-02-03T10:00:00Z");
        await application.CountedAsync(user, 1);
        await application.QueryAsync<object>("UPDATE daily_user_metrics SET event_count = 40 WHERE user_id = $1", user);

        using var response = await application.Dashboard.PostAsJsonAsync(Route, new { from = "2025-02-02", to = "2025-02-04" });

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var requested = (await response.Content.ReadFromJsonAsync<Recomputation>(PulseBoardApplication.Json))!;
        Assert.Equal((new DateOnly(2025, 2, 2), new DateOnly(2025, 2, 4), 0, 3), (requested.From, requested.To, requested.DaysDone, requested.Days));
        Assert.Equal(RecomputationStatus.Requested, requested.Status);
        Assert.Equal($"{Route}/{requested.Id}", response.Headers.Location?.ToString());

        var done = await Eventually.BecomesAsync(
            "the recomputation to be done",
            () => application.Dashboard.GetFromJsonAsync<Recomputation>(response.Headers.Location, PulseBoardApplication.Json),
            recomputation => recomputation!.Status == RecomputationStatus.Done);
        Assert.Equal((3, 1, null), (done!.DaysDone, done.RowsChanged, done.Error));
        Assert.True(requested.RequestedAt <= done.StartedAt && done.StartedAt <= done.FinishedAt);
        await application.CountedAsync(user, 1);

        var listed = await application.Dashboard.GetFromJsonAsync<Recomputation[]>(Route, PulseBoardApplication.Json);
        Assert.Contains(done, listed!);
    }

    [Fact]
    public async Task What_is_not_known_yet_is_not_in_the_answer()
    {
        using var response = await application.Dashboard.PostAsJsonAsync(Route, new { from = "2025-01-01", to = "2025-01-01" });

        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(
            ["id", "from", "to", "status", "requested_at", "days_done", "days", "rows_changed"],
            body.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal("2025-01-01", body.RootElement.GetProperty("from").GetString());
    }

    [Theory]
    [InlineData("{", "invalid_json", null)]
    [InlineData("[]", "not_object", null)]
    [InlineData("{\"to\":\"2026-11-30\"}", "required", "from")]
    [InlineData("{\"from\":\"2026-11-01\"}", "required", "to")]
    [InlineData("{\"from\":5,\"to\":\"2026-11-30\"}", "not_date", "from")]
    [InlineData("{\"from\":\"2026-11-01\",\"to\":\"2026-11-31\"}", "not_date", "to")]
    [InlineData("{\"from\":\"2026-11-01T00:00:00Z\",\"to\":\"2026-11-30\"}", "not_date", "from")]
    [InlineData("{\"from\":\"\\ud800\",\"to\":\"2026-11-30\"}", "invalid_json", null)]
    [InlineData("{\"from\":\"1969-12-31\",\"to\":\"2026-11-30\"}", "out_of_range", "from")]
    [InlineData("{\"from\":\"2026-11-02\",\"to\":\"2026-11-01\"}", "range_reversed", "to")]
    [InlineData("{\"from\":\"2025-01-01\",\"to\":\"2026-01-02\"}", "range_too_long", "to")]
    public async Task A_range_that_is_none_is_refused_with_the_field_at_fault(string body, string code, string? field)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await application.Dashboard.PostAsync(Route, content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(code, problem.RootElement.GetProperty("code").GetString());
        Assert.Equal(field, problem.RootElement.TryGetProperty("field", out var named) ? named.GetString() : null);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused_as_such_and_not_as_an_outage()
    {
        using var content = new StringContent($$"""{"from":"2025-01-01","to":"2025-01-01","why":"{{new string('x', 4 * 1024)}}"}""", Encoding.UTF8, "application/json");
        using var response = await application.Dashboard.PostAsync(Route, content);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Null(response.Headers.RetryAfter);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal("payload_too_large", problem.RootElement.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_request_that_nobody_made_is_not_found()
    {
        using var response = await application.Dashboard.GetAsync(new Uri($"{Route}/{Guid.NewGuid()}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal("recomputation_not_found", problem.RootElement.GetProperty("code").GetString());
    }
}
