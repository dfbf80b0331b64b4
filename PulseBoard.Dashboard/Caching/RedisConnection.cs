using PulseBoard.Contracts;
using StackExchange.Redis;

namespace PulseBoard.Dashboard.Caching;

/// <summary>
/// The connection to Redis, opened in the background: with Redis away the client takes seconds to give its first connection, and
/// no request may wait for that.
/// </summary>
internal sealed class RedisConnection
{
    private readonly Lazy<Task<IConnectionMultiplexer>> _connection;

    public RedisConnection(IServiceProvider services, KnownVersion version)
    {
        _connection = new(() => Task.Run(Connect));

        IConnectionMultiplexer Connect()
        {
            var connection = services.GetRequiredService<IConnectionMultiplexer>();

            // At once: from here on metrics may change unheard, and the next look comes seconds later.
            connection.ConnectionFailed += (_, _) => version.Lose();
            return connection;
        }
    }

    public Task<IConnectionMultiplexer> GetAsync(CancellationToken cancellationToken) => _connection.Value.WaitAsync(cancellationToken);

    /// <summary>Bumps the metrics version and publishes the notice: see <see cref="MetricsVersion.Bump"/>.</summary>
    /// <returns>The new version.</returns>
    public async Task<long> BumpAsync(string notice, CancellationToken cancellationToken)
    {
        var redis = await GetAsync(cancellationToken);
        return (long)await redis.GetDatabase()
            .ScriptEvaluateAsync(MetricsVersion.Bump, [MetricsVersion.Key], [MetricsVersion.ChangedChannel, notice], CommandFlags.NoScriptCache)
            .WaitAsync(cancellationToken);
    }

    /// <summary>Whether an exception says that Redis is away or too slow.</summary>
    public static bool IsOutage(Exception exception) =>
        exception is RedisException or RedisCommandException or TimeoutException or OperationCanceledException or ObjectDisposedException;
}
