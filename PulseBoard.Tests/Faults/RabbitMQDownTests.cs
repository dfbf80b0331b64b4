namespace PulseBoard.Tests.Faults;

[Collection(FaultsCollection.Name)]
public sealed class RabbitMQDownTests(FaultyApplication application)
{
    [Fact]
    public async Task Events_posted_while_RabbitMQ_is_down_are_all_counted_once_when_it_is_back()
    {
        const int Events = 50;
        var user = FaultyApplication.NewUser();
        await application.StopAsync("rabbitmq");
        try
        {
            for (var i = 0; i < Events; i++)
            {
                await application.PostAsync(user, i % 2 == 0 ? "task_created" : "task_completed");
            }

            Assert.Equal(Events, await application.StoredAsync(user));
            Assert.True(await application.OutstandingAsync() > 0, "nothing waits in the outbox although the broker is down");
        }
        finally
        {
            await application.StartAsync("rabbitmq");
        }

        var summary = await application.CountedAsync(user, Events, TimeSpan.FromMinutes(2));
        Assert.Equal(Events / 2, summary!.TotalTasksCreated);
        await application.AssertInvariantsAsync();
    }
}
