using System.Net;

namespace PulseBoard.Tests.Faults;

[Collection(FaultsCollection.Name)]
public sealed class RedisDownTests(FaultyApplication application)
{
    [Fact]
    public async Task Events_are_counted_and_shown_while_Redis_is_down_and_cached_again_when_it_is_back()
    {
        var user = FaultyApplication.NewUser();
        await application.StopAsync("redis");
        try
        {
            await application.PostAsync(user, "task_created");
            await application.CountedAsync(user, 1);

            using var summary = await application.Dashboard.GetAsync(new Uri("/api/metrics/summary", UriKind.Relative));
            Assert.Equal("ERROR", summary.Headers.GetValues("X-Cache-Status").Single());

            using var health = await application.Dashboard.GetAsync(new Uri("/health", UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, health.StatusCode);
            Assert.Contains("\"status\":\"Degraded\"", await health.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        finally
        {
            await application.StartAsync("redis");
        }

        await Eventually.BecomesAsync("the cache to hit again", CacheStatusAsync, status => status == "HIT");
        await application.AssertInvariantsAsync();
    }

    private async Task<string> CacheStatusAsync()
    {
        using var response = await application.Dashboard.GetAsync(new Uri("/api/metrics/summary", UriKind.Relative));
        return response.Headers.GetValues("X-Cache-Status").Single();
    }
}
