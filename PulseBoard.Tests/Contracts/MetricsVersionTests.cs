using System.Globalization;
using PulseBoard.Contracts;
using PulseBoard.Tests.Application;
using StackExchange.Redis;

namespace PulseBoard.Tests.Contracts;

[Collection(ApplicationCollection.Name)]
public sealed class MetricsVersionTests(PulseBoardApplication application) : IAsyncLifetime
{
    private readonly RedisKey _key = $"tests:{Guid.NewGuid():N}";
    private readonly string _channel = $"tests:{Guid.NewGuid():N}";
    private ConnectionMultiplexer _redis = null!;

    public async Task InitializeAsync() => _redis = await ConnectionMultiplexer.ConnectAsync(await application.ConnectionStringAsync("redis"));

    public async Task DisposeAsync()
    {
        await _redis.GetDatabase().KeyDeleteAsync(_key);
        _redis.Dispose();
    }

    [Fact]
    public async Task A_version_is_the_time_and_later_than_any_before_also_when_Redis_has_lost_the_key()
    {
        var started = DateTimeOffset.UtcNow.AddMinutes(-1).ToUnixTimeMilliseconds();
        var first = await BumpAsync();
        var second = await BumpAsync();
        Assert.InRange(first, started, DateTimeOffset.UtcNow.AddMinutes(1).ToUnixTimeMilliseconds());
        Assert.True(second > first);
        await Eventually.BecomesAsync(
            "a later version, from the next millisecond on",
            async () =>
            {
                await _redis.GetDatabase().KeyDeleteAsync(_key);
                return await BumpAsync();
            },
            third => third > second);
    }

    [Theory]
    [InlineData(12, false)]
    [InlineData(9_000_000_000_000_000, true)]
    public async Task A_version_follows_the_one_before_where_that_is_not_past(long before, bool next)
    {
        await _redis.GetDatabase().StringSetAsync(_key, before);

        var version = await BumpAsync();

        Assert.Equal(next, version == before + 1);
        Assert.True(version > before);
        Assert.Equal(version.ToString(CultureInfo.InvariantCulture), (string?)await _redis.GetDatabase().StringGetAsync(_key));
    }

    [Fact]
    public async Task A_notice_is_published_with_both_versions()
    {
        var published = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _redis.GetSubscriber().SubscribeAsync(
            new RedisChannel(_channel, RedisChannel.PatternMode.Literal), (_, text) => published.TrySetResult(text));
        await _redis.GetDatabase().StringSetAsync(_key, 12);

        var version = await BumpAsync();

        var notice = MetricsNotice.TryParse(await published.Task.WaitAsync(Eventually.DefaultLimit));
        Assert.Equal(new MetricsNotice(version, MetricsChange.People, After: 12), notice);
    }

    private async Task<long> BumpAsync() => (long)await _redis.GetDatabase().ScriptEvaluateAsync(
        MetricsVersion.Bump, [_key], [_channel, MetricsNotice.Describe(MetricsChange.People, traceParent: null)], CommandFlags.NoScriptCache);
}
