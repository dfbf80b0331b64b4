using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PulseBoard.Contracts;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Dashboard;

[Collection(ApplicationCollection.Name)]
public sealed class SummaryTests(PulseBoardApplication application)
{
    [Fact]
    public async Task The_summary_has_the_reference_systems_fields_most_events_first()
    {
        var busy = PulseBoardApplication.NewUser();
        var quiet = PulseBoardApplication.NewUser();
        await application.PostAsync(quiet, "task_created");
        for (var i = 0; i < 3; i++)
        {
            await application.PostAsync(busy, "task_completed");
        }

        await application.CountedAsync(quiet, 1);
        await application.CountedAsync(busy, 3);

        using var response = await application.Dashboard.GetAsync(new Uri("/api/metrics/summary", UriKind.Relative));
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(
            ["user_id", "total_events", "total_tasks_created", "total_tasks_completed"],
            body.RootElement[0].EnumerateObject().Select(property => property.Name));

        var summaries = body.RootElement.Deserialize<UserSummary[]>(PulseBoardApplication.Json)!;
        Assert.Equal(summaries.OrderByDescending(summary => summary.TotalEvents).Select(summary => summary.TotalEvents), summaries.Select(summary => summary.TotalEvents));
        Assert.Contains(new UserSummary(busy, 3, 0, 3), summaries);
        Assert.Contains(new UserSummary(quiet, 1, 1, 0), summaries);
    }

    [Fact]
    public async Task The_web_address_forwards_to_both_apis()
    {
        var user = PulseBoardApplication.NewUser();
        using var posted = await application.Web.PostAsJsonAsync("/api/activity", new { user, type = "task_created" });
        Assert.Equal(HttpStatusCode.Accepted, posted.StatusCode);

        await Eventually.BecomesAsync(
            "the event in the summary behind Web",
            () => application.Web.GetFromJsonAsync<UserSummary[]>("/api/metrics/summary", PulseBoardApplication.Json),
            summaries => summaries!.Any(summary => summary.UserId == user));
    }

    [Fact]
    public async Task The_summary_is_there_for_spreadsheets_and_programs_too()
    {
        var user = PulseBoardApplication.NewUser();
        await application.PostAsync(user, "task_created");
        await application.CountedAsync(user, 1);

        var csv = await application.Web.GetStringAsync(new Uri("/api/metrics/summary.csv", UriKind.Relative));
        Assert.StartsWith("user_id,total_events,total_tasks_created,total_tasks_completed\r\n", csv, StringComparison.Ordinal);
        Assert.Contains($"\r\n{user},1,1,0\r\n", csv, StringComparison.Ordinal);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/metrics/summary");
        request.Headers.Accept.ParseAdd("application/x-ndjson");
        using var ndjson = await application.Web.SendAsync(request);
        Assert.Contains(
            $"{{\"user_id\":\"{user}\",\"total_events\":1,\"total_tasks_created\":1,\"total_tasks_completed\":0}}\n",
            await ndjson.Content.ReadAsStringAsync(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_of_the_web_address_that_has_the_answer_need_not_load_it_again()
    {
        var statuses = await Eventually.BecomesAsync(
            "two answers without a change between them",
            async () =>
            {
                using var first = await application.Web.GetAsync(new Uri("/api/metrics/summary", UriKind.Relative));
                using var request = new HttpRequestMessage(HttpMethod.Get, "/api/metrics/summary");
                request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
                using var second = await application.Web.SendAsync(request);
                return (second.StatusCode, (await second.Content.ReadAsByteArrayAsync()).Length);
            },
            statuses => statuses.StatusCode == HttpStatusCode.NotModified);
        Assert.Equal(0, statuses.Length);
    }

    [Fact]
    public async Task OpenApi_has_one_operation_with_every_format_and_its_errors()
    {
        using var document = JsonDocument.Parse(await application.Dashboard.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)));
        var paths = document.RootElement.GetProperty("paths");
        Assert.False(paths.TryGetProperty("/api/metrics/summary.csv", out _));

        var operation = paths.GetProperty("/api/metrics/summary").GetProperty("get");
        Assert.Equal("GetSummary", operation.GetProperty("operationId").GetString());
        var responses = operation.GetProperty("responses");
        Assert.Equal(["200", "304", "400", "401", "503"], responses.EnumerateObject().Select(response => response.Name).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["application/json", "application/x-ndjson", "text/csv"],
            responses.GetProperty("200").GetProperty("content").EnumerateObject().Select(content => content.Name).Order(StringComparer.Ordinal));
    }
}
