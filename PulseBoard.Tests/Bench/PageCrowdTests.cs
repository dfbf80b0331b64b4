using PulseBoard.Bench.Circuits;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Bench;

[Collection(ApplicationCollection.Name)]
public sealed class PageCrowdTests(PulseBoardApplication application)
{
    private static readonly CancellationToken Limit = new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token;

    [Fact]
    public async Task Every_page_of_a_crowd_is_rendered_with_an_event_that_comes_in()
    {
        const int Pages = 3;
        var user = PulseBoardApplication.NewUser();
        await using var crowd = await PageCrowd.OpenAsync(application.System.Address("web"), Pages, Limit);
        var before = crowd.Batches;

        var rendered = await crowd.WatchAsync(user, () => application.PostAsync(user, "task_created"));

        Assert.Equal(Pages, rendered.Count);
        Assert.All(rendered, time => Assert.InRange(time, TimeSpan.Zero, TimeSpan.FromMinutes(1)));
        Assert.All(crowd.Batches.Zip(before), batches => Assert.True(batches.First > batches.Second));
        Assert.True(crowd.Bytes > 0);
    }
}
