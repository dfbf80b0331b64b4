using System.Buffers.Binary;
using System.Globalization;
using PulseBoard.Contracts;

namespace PulseBoard.Dashboard.Caching;

/// <summary>Answers in Redis, each under the metrics version that it was computed at.</summary>
internal sealed class RedisAnswers(RedisConnection connection)
{
    // When it was computed (Unix milliseconds, big-endian), then the JSON.
    private const int HeaderLength = sizeof(long);

    /// <summary>The metrics version; 0 before the first bump.</summary>
    public async Task<long> GetVersionAsync(CancellationToken cancellationToken)
    {
        var redis = await connection.GetAsync(cancellationToken);
        var version = await redis.GetDatabase().StringGetAsync(MetricsVersion.Key).WaitAsync(cancellationToken);
        return version.IsNull ? 0 : (long)version;
    }

    /// <summary>An answer, or null when there is none.</summary>
    public async Task<Answer?> GetAsync(string name, long version, CancellationToken cancellationToken)
    {
        var redis = await connection.GetAsync(cancellationToken);
        byte[]? entry = await redis.GetDatabase().StringGetAsync(Key(name, version)).WaitAsync(cancellationToken);
        return entry is not { Length: >= HeaderLength }
            ? null
            : new(
                entry[HeaderLength..],
                DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(entry)),
                CacheStatus.Hit);
    }

    /// <summary>Keeps an answer for a while.</summary>
    public async Task SetAsync(string name, long version, Answer answer, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var entry = new byte[HeaderLength + answer.Json.Length];
        BinaryPrimitives.WriteInt64BigEndian(entry, answer.ComputedAt.ToUnixTimeMilliseconds());
        answer.Json.CopyTo(entry, HeaderLength);

        var redis = await connection.GetAsync(cancellationToken);
        await redis.GetDatabase().StringSetAsync(Key(name, version), entry, lifetime).WaitAsync(cancellationToken);
    }

    private static string Key(string name, long version) =>
        string.Create(CultureInfo.InvariantCulture, $"pulseboard:answers:{name}:{version}");
}
