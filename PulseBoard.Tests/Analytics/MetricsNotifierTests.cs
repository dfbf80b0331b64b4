using Microsoft.Extensions.DependencyInjection;
using PulseBoard.Analytics.Notices;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Analytics;

[Collection(ApplicationCollection.Name)]
public sealed class MetricsNotifierTests(PulseBoardApplication application)
{
    [Fact]
    public async Task A_listener_that_fails_while_an_error_is_recorded_does_not_end_the_notices()
    {
        await using var database = await RollupDatabase.CreateAsync(application);

        // It has no Redis, so that each attempt is an error.
        var worker = database.NewWorker();
        using var notices = new NoticeCounter(worker, () => throw new InvalidOperationException("The listener fails."));
        var notifier = worker.GetRequiredService<MetricsNotifier>();
        await notifier.StartAsync(CancellationToken.None);

        await Eventually.BecomesAsync("the third attempt", () => Task.FromResult(notices.Attempts), seen => seen >= 3);
        await notifier.StopAsync(CancellationToken.None);
    }
    [Fact]
    public async Task A_stop_tells_once_more_what_Redis_had_not_taken()
    {
        await using var database = await RollupDatabase.CreateAsync(application);
        var worker = database.NewWorker();
        using var notices = new NoticeCounter(worker);
        var notifier = worker.GetRequiredService<MetricsNotifier>();
        await notifier.StartAsync(CancellationToken.None);
        await Eventually.BecomesAsync("the first attempt", () => Task.FromResult(notices.Attempts), seen => seen >= 1);

        // Amid the pause before the next attempt, half a second after the first.
        var before = notices.Attempts;
        await notifier.StopAsync(CancellationToken.None);

        Assert.True(notices.Attempts > before);
    }
}
