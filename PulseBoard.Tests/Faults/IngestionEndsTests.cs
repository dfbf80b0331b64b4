using System.Net.Http.Json;

namespace PulseBoard.Tests.Faults;

[Collection(FaultsCollection.Name)]
public sealed class IngestionEndsTests(FaultyApplication application)
{
    private const int Posters = 4;

    [Theory]
    [InlineData(Ending.Killed)]
    [InlineData(Ending.Stopped)]
    public async Task Every_acknowledged_event_is_stored_and_counted_once_when_ingestion_ends_amid_posts(Ending ending)
    {
        var user = FaultyApplication.NewUser();
        var acknowledged = 0L;

        var posting = Task.WhenAll(Enumerable.Range(0, Posters).Select(_ => PostUntilRefusedAsync()));
        try
        {
            await Eventually.BecomesAsync("some events to be stored", () => application.StoredAsync(user), stored => stored > 100);
            await application.EndAsync("activity", ending);
            await posting;
        }
        finally
        {
            await application.StartAsync("activity");
        }

        await application.AssertInvariantsAsync();

        // A commit whose answer was lost is stored, but was never acknowledged: one for each poster at most.
        var stored = await application.StoredAsync(user);
        Assert.InRange(stored, acknowledged, acknowledged + Posters);
        await application.CountedAsync(user, stored);

        async Task PostUntilRefusedAsync()
        {
            try
            {
                while (true)
                {
                    using var response = await application.Activity.PostAsJsonAsync("/api/activity", new { user, type = "task_created" });
                    response.EnsureSuccessStatusCode();
                    Interlocked.Increment(ref acknowledged);
                }
            }
            catch (HttpRequestException)
            {
                // It has ended.
            }
        }
    }
}
