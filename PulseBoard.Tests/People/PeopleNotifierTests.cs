using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PulseBoard.Contracts;
using PulseBoard.Dashboard.Caching;
using PulseBoard.Dashboard.People;
using PulseBoard.Tests.Application;
using StackExchange.Redis;

namespace PulseBoard.Tests.People;

[Collection(ApplicationCollection.Name)]
public sealed class PeopleNotifierTests(PulseBoardApplication application)
{
    [Fact]
    public async Task A_write_does_not_wait_for_a_Redis_that_is_away_and_Redis_is_told_once_it_is_back()
    {
        // A database of the test's own, where nobody else bumps the version.
        var configuration = ConfigurationOptions.Parse(await application.ConnectionStringAsync("redis"));
        configuration.DefaultDatabase = 5;
        using var redis = await ConnectionMultiplexer.ConnectAsync(configuration);
        await redis.GetDatabase().KeyDeleteAsync(MetricsVersion.Key);
        using var back = new ManualResetEventSlim();
        await using var services = new ServiceCollection()
            .AddSingleton<IConnectionMultiplexer>(_ =>
            {
                back.Wait();
                return redis;
            })
            .BuildServiceProvider();
        var known = new KnownVersion(Options.Create(new CachingOptions()), TimeProvider.System);
        known.Advance(1);
        using var notifier = new PeopleNotifier(
            new(services, known), known, Options.Create(new PeopleOptions()), TimeProvider.System, NullLogger<PeopleNotifier>.Instance);
        await notifier.StartAsync(CancellationToken.None);

        var started = Stopwatch.GetTimestamp();
        await notifier.NotifyAsync();
        var waited = Stopwatch.GetElapsedTime(started);
        Assert.False(await redis.GetDatabase().KeyExistsAsync(MetricsVersion.Key));
        Assert.Null(known.Current);
        back.Set();

        // Generous, since the machine may be busy; without a limit it would be for ever.
        Assert.True(waited < TimeSpan.FromSeconds(5), $"It waited {waited}.");
        var told = await Eventually.BecomesAsync(
            "this process to know what it told", () => Task.FromResult(known.Current?.Version), version => version is not null);
        Assert.Equal((long)await redis.GetDatabase().StringGetAsync(MetricsVersion.Key), told);
        await notifier.StopAsync(CancellationToken.None);
    }
}
