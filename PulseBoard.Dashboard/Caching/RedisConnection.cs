using StackExchange.Redis;

namespace PulseBoard.Dashboard.Caching;

/// <summary>
/// The connection to Redis, opened in the background: with Redis away the client takes seconds to give its first connection, and
/// no request may wait for that.
/// </summary>
internal sealed class RedisConnection(IServiceProvider services)
{
    private readonly Lazy<Task<IConnectionMultiplexer>> _connection =
        new(() => Task.Run(services.GetRequiredService<IConnectionMultiplexer>));

    public Task<IConnectionMultiplexer> GetAsync(CancellationToken cancellationToken) => _connection.Value.WaitAsync(cancellationToken);

    /// <summary>Whether an exception says that Redis is away or too slow.</summary>
    public static bool IsOutage(Exception exception) =>
        exception is RedisException or RedisCommandException or TimeoutException or OperationCanceledException or ObjectDisposedException;
}
