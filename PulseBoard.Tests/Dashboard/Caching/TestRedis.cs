using PulseBoard.Contracts;
using PulseBoard.Tests.Application;
using StackExchange.Redis;

namespace PulseBoard.Tests.Dashboard.Caching;

/// <summary>A corner of the application's Redis that nobody else uses: a database and channels of its own, empty at first.</summary>
internal sealed class TestRedis : IAsyncDisposable
{
    private static readonly RedisChannel ChangedChannel = new(MetricsVersion.ChangedChannel, RedisChannel.PatternMode.Literal);

    private readonly ConnectionMultiplexer _connection;

    private TestRedis(string connectionString, ConnectionMultiplexer connection) => (ConnectionString, _connection) = (connectionString, connection);

    public string ConnectionString { get; }

    public static async Task<TestRedis> CreateAsync(PulseBoardApplication application)
    {
        const int Database = 7;
        var connectionString = $"{await application.ConnectionStringAsync("redis")},defaultDatabase={Database},channelPrefix={Guid.NewGuid():N}:";
        var redis = new TestRedis(connectionString, await ConnectionMultiplexer.ConnectAsync($"abortConnect=false,{connectionString}"));
        await redis.FlushAsync();
        return redis;
    }

    /// <summary>Metrics changed. Not by the workers' script, whose channel would be the application's.</summary>
    /// <returns>The new version.</returns>
    public async Task<long> BumpAsync()
    {
        var version = await IncrementAsync();
        await _connection.GetSubscriber().PublishAsync(ChangedChannel, new MetricsNotice(version, MetricsChange.Everything).ToString());
        return version;
    }

    /// <summary>Metrics changed, and the notice is lost.</summary>
    public Task<long> IncrementAsync() => _connection.GetDatabase().StringIncrementAsync(MetricsVersion.Key);

    /// <summary>Everything is gone.</summary>
    public Task FlushAsync() => ExecuteAsync("FLUSHDB");

    /// <summary>Sends a command.</summary>
    public Task<RedisResult> ExecuteAsync(string command, params object[] arguments) => _connection.GetDatabase().ExecuteAsync(command, arguments);

    public async ValueTask DisposeAsync()
    {
        await FlushAsync();
        _connection.Dispose();
    }
}
