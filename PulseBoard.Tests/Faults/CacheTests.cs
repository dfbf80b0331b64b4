namespace PulseBoard.Tests.Faults;

/// <summary>Among the faults, since Web must be stopped: it reads each change at once, and would take the miss.</summary>
[Collection(FaultsCollection.Name)]
public sealed class CacheTests(FaultyApplication application)
{
    [Fact]
    public async Task A_change_is_computed_by_the_first_read_and_comes_from_the_cache_for_the_next()
    {
        var user = FaultyApplication.NewUser();
        await application.StopAsync("web");
        try
        {
            await application.PostAsync(user, "task_created");

            var reads = new List<(string Status, string Body)>();
            await Eventually.BecomesAsync(
                "a miss with the new event that is followed by a hit",
                async () =>
                {
                    reads.Add(await ReadAsync());
                    return reads;
                },
                reads => reads is [.., { Status: "MISS" } miss, { Status: "HIT" } hit]
                    && miss.Body.Contains(user, StringComparison.Ordinal)
                    && hit.Body == miss.Body);
        }
        finally
        {
            await application.StartAsync("web");
        }
    }

    private async Task<(string Status, string Body)> ReadAsync()
    {
        using var response = await application.Dashboard.GetAsync(new Uri("/api/metrics/summary", UriKind.Relative));
        return (response.Headers.GetValues("X-Cache-Status").Single(), await response.Content.ReadAsStringAsync());
    }
}
