using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PulseBoard.Analytics;
using PulseBoard.Analytics.Notices;
using PulseBoard.Contracts;
using PulseBoard.Tests.Application;
using StackExchange.Redis;

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

    [Fact]
    public async Task Changes_that_come_within_the_interval_are_told_as_one()
    {
        using var redis = await ConnectionMultiplexer.ConnectAsync(await application.ConnectionStringAsync("redis"));
        var notices = Channel.CreateUnbounded<MetricsNotice>();
        await redis.GetSubscriber().SubscribeAsync(
            new RedisChannel(MetricsVersion.ChangedChannel, RedisChannel.PatternMode.Literal),
            (_, text) => notices.Writer.TryWrite(MetricsNotice.TryParse(text)!));
        await using var database = await RollupDatabase.CreateAsync(application);
        await using var services = new ServiceCollection().AddSingleton<IConnectionMultiplexer>(redis).BuildServiceProvider();
        using var notifier = new MetricsNotifier(
            services,
            Options.Create(new NoticeOptions { Interval = TimeSpan.FromSeconds(1) }),
            database.NewWorker().GetRequiredService<AnalyticsTelemetry>(),
            TimeProvider.System,
            NullLogger<MetricsNotifier>.Instance);
        await notifier.StartAsync(CancellationToken.None);
        await ReadAsync(notice => notice.Change == MetricsChange.Everything);

        var start = new DateTimeOffset(1971, 1, 1, 0, 0, 0, TimeSpan.Zero);
        notifier.Notify(default, MetricsChange.Counted(3, start, start.AddMinutes(15)));
        notifier.Notify(default, MetricsChange.Recomputed(new(1971, 1, 1)));

        // The application's own worker has notices, too.
        var told = await ReadAsync(notice => notice.Change.From == start);
        Assert.Equal(new(MetricsChangeKinds.Events | MetricsChangeKinds.Recomputation, start, start.AddDays(1), 3), told.Change);
        await notifier.StopAsync(CancellationToken.None);

        async Task<MetricsNotice> ReadAsync(Func<MetricsNotice, bool> found)
        {
            using var limit = new CancellationTokenSource(Eventually.DefaultLimit);
            return await notices.Reader.ReadAllAsync(limit.Token).FirstAsync(found, limit.Token);
        }
    }
}
