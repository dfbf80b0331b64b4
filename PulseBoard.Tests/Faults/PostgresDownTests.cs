using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace PulseBoard.Tests.Faults;

[Collection(FaultsCollection.Name)]
public sealed class PostgresDownTests(FaultyApplication application)
{
    /// <summary>Far above what an answer takes, and far below what a client would wait for the database.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Nothing_is_acknowledged_while_Postgres_is_down_and_everything_goes_on_when_it_is_back()
    {
        var user = FaultyApplication.NewUser();
        await application.StopAsync("postgres");
        try
        {
            var started = Stopwatch.GetTimestamp();
            using var refused = await application.Activity.PostAsJsonAsync("/api/activity", new { user, type = "task_created" });
            Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, Patience);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
            Assert.Equal("storage_unavailable", await CodeOfAsync(refused));

            using var activityHealth = await application.Activity.GetAsync(new Uri("/health", UriKind.Relative));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, activityHealth.StatusCode);
            using var dashboardHealth = await application.Dashboard.GetAsync(new Uri("/health", UriKind.Relative));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, dashboardHealth.StatusCode);

            // What the cache has is answered for as long as it has it.
            using var unanswered = await Eventually.BecomesAsync(
                "the cached summary to expire",
                () => application.Dashboard.GetAsync(new Uri("/api/metrics/summary", UriKind.Relative)),
                response => response.StatusCode != HttpStatusCode.OK);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, unanswered.StatusCode);
            Assert.Equal("storage_unavailable", await CodeOfAsync(unanswered));
        }
        finally
        {
            await application.StartAsync("postgres");

            // Where the container was made anew, its database is empty.
            await application.RestartAsync("migrator");
        }

        var receipt = await Eventually.BecomesAsync(
            "events to be accepted again",
            () => application.Activity.PostAsJsonAsync("/api/activity", new { user, type = "task_created" }),
            response => response.StatusCode == HttpStatusCode.Accepted);
        receipt.Dispose();
        await application.CountedAsync(user, 1);
        await application.AssertInvariantsAsync();
    }

    private static async Task<string?> CodeOfAsync(HttpResponseMessage response)
    {
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return problem.RootElement.GetProperty("code").GetString();
    }
}
