namespace PulseBoard.Tests.Faults;

[Collection(FaultsCollection.Name)]
public sealed class WorkerEndsTests(FaultyApplication application)
{
    [Theory]
    [InlineData(Ending.Killed)]
    [InlineData(Ending.Stopped)]
    public async Task Events_are_counted_once_when_the_worker_ends_amid_them_and_is_started_again(Ending ending)
    {
        const int EventsEach = 100;
        var user = FaultyApplication.NewUser();

        // Many at a time, so that the end comes while batches are in every state: stored, sent, taken, being counted.
        var posting = Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            for (var i = 0; i < EventsEach; i++)
            {
                await application.PostAsync(user, "task_created");
            }
        }));
        try
        {
            await Eventually.BecomesAsync("some events to be stored", () => application.StoredAsync(user), stored => stored > EventsEach / 2);
            await application.EndAsync("analytics", ending);
            await posting;
            Assert.Equal(4 * EventsEach, await application.StoredAsync(user));
        }
        finally
        {
            await application.StartAsync("analytics");
        }

        await application.CountedAsync(user, 4 * EventsEach, TimeSpan.FromMinutes(2));
        await application.AssertInvariantsAsync();
    }
}
