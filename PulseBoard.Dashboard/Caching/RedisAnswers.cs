using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PulseBoard.Contracts;
using StackExchange.Redis;

namespace PulseBoard.Dashboard.Caching;

/// <summary>
/// Answers in Redis, each under the metrics version that it was computed at, and which replica computes one. The client's own
/// calls wait without limit for a server that hangs: each call here ends with its token.
/// </summary>
internal sealed class RedisAnswers(RedisConnection connection, KnownVersion known)
{
    private const int HashLength = 16;

    private static readonly string AfterLoss = MetricsNotice.Describe(MetricsChange.Everything, traceParent: null);

    // A computation that outlived its lock must not end that of its successor.
    private const string Unlock = """
        if redis.call('get', KEYS[1]) == ARGV[1] then
            return redis.call('del', KEYS[1])
        end
        return 0
        """;

    /// <summary>The metrics version; 0 before the first bump. After a loss of Redis it is a new one.</summary>
    public async Task<long> GetVersionAsync(CancellationToken cancellationToken)
    {
        var redis = (await connection.GetAsync(cancellationToken)).GetDatabase();
        var losses = known.Losses;
        if (known.IsInDoubt)
        {
            // One bump too many costs some computations; one too few would bring answers of before the loss back.
            var bumped = await connection.BumpAsync(AfterLoss, cancellationToken);
            known.Settle(losses);
            return bumped;
        }

        var version = await redis.StringGetAsync(MetricsVersion.Key).WaitAsync(cancellationToken);
        return version.IsNull ? 0 : (long)version;
    }

    /// <summary>The place of a question's answer at a version. What the question depends on may name people: it is hashed.</summary>
    public static RedisPlace Place(in AnswerKey key, long version)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key.Key)), 0, HashLength);
        var name = string.Create(
            CultureInfo.InvariantCulture, $"pulseboard:answers:{key.Name}:{hash}:{key.Format.Extension}:{version}");
        return new(name, $"{name}:computing", Guid.NewGuid().ToString("N"));
    }

    /// <summary>An answer, or null when there is none.</summary>
    public async Task<Answer?> GetAsync(RedisPlace place, CancellationToken cancellationToken)
    {
        var redis = await connection.GetAsync(cancellationToken);
        byte[]? entry = await redis.GetDatabase().StringGetAsync(place.Key).WaitAsync(cancellationToken);
        return Answer.TryRead(entry);
    }

    /// <summary>Keeps an answer for a while.</summary>
    public async Task SetAsync(RedisPlace place, Answer answer, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var redis = await connection.GetAsync(cancellationToken);
        await redis.GetDatabase().StringSetAsync(place.Key, answer.Entry, lifetime).WaitAsync(cancellationToken);
    }

    /// <summary>Takes a computation, unless another replica has it.</summary>
    public async Task<bool> TryLockAsync(RedisPlace place, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var redis = await connection.GetAsync(cancellationToken);
        return await redis.GetDatabase()
            .StringSetAsync(place.LockKey, place.Token, lifetime, When.NotExists, CommandFlags.None)
            .WaitAsync(cancellationToken);
    }

    /// <summary>Gives a computation up, where it is still this one's.</summary>
    public async Task UnlockAsync(RedisPlace place, CancellationToken cancellationToken)
    {
        var redis = await connection.GetAsync(cancellationToken);

        // Without the client's cache of scripts, which fails once after Redis lost them.
        await redis.GetDatabase()
            .ScriptEvaluateAsync(Unlock, [place.LockKey], [place.Token], CommandFlags.NoScriptCache)
            .WaitAsync(cancellationToken);
    }
}

/// <summary>Where one answer lies in Redis, for one computation of it.</summary>
/// <param name="Key">The answer's key.</param>
/// <param name="LockKey">The key of who computes it.</param>
/// <param name="Token">What this computation is known by.</param>
internal sealed record RedisPlace(string Key, string LockKey, string Token);
