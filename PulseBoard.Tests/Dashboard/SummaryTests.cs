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
        Assert.Equal(System.Net.HttpStatusCode.Accepted, posted.StatusCode);

        await Eventually.BecomesAsync(
            "the event in the summary behind Web",
            () => application.Web.GetFromJsonAsync<UserSummary[]>("/api/metrics/summary", PulseBoardApplication.Json),
            summaries => summaries!.Any(summary => summary.UserId == user));
    }
}
