using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using PulseBoard.Dashboard.Answers;

namespace PulseBoard.Dashboard.Caching;

/// <summary>
/// Answers from this process or from Redis where they have them for the present metrics version, else from Postgres. The version
/// makes every change visible at once, and Redis makes nothing worse: it has a bounded time, and Postgres answers when that is
/// over.
/// <para>
/// Where the version is known a kept answer needs no Redis. One that is not kept is looked for in Redis, and computed by one
/// request of one replica, for which all others wait. Where the version is not known each request asks Redis for it.
/// </para>
/// </summary>
internal sealed partial class AnswerCache(
    RedisAnswers redis,
    LocalAnswers local,
    KnownVersion known,
    IOptions<CachingOptions> options,
    IOptions<JsonOptions> json,
    DashboardTelemetry telemetry,
    TimeProvider time,
    ILogger<AnswerCache> logger)
{
    // In the place of an epoch, for versions that Redis was asked for.
    private const long Asked = -1;

    private readonly SingleFlight<Flight, ServedAnswer> _flights = new();
    private readonly CachingOptions _options = options.Value;
    private readonly JsonSerializerOptions _json = json.Value.SerializerOptions;

    // UTC ticks, since requests read and write it without a lock.
    private long _withoutRedisUntil;

    /// <summary>An answer.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="format">How the answer is written.</param>
    /// <param name="tabulate">The answer's table, for formats that have rows.</param>
    /// <param name="allowStale">Whether an expensive answer may be a moment behind.</param>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    public ValueTask<ServedAnswer> GetAsync<T>(
        Question<T> question, AnswerFormat format, Func<T, Table> tabulate, bool allowStale, CancellationToken cancellationToken)
    {
        var key = new AnswerKey(question.Name, question.Key, format);
        var version = known.Current;
        if (version is not null && local.Find(key) is { } kept && kept.Epoch == version.Epoch)
        {
            if (kept.Version >= version.Version)
            {
                telemetry.Answered(question.Name, CacheStatus.Hit);
                return new(new ServedAnswer(kept.Answer, CacheStatus.Hit));
            }

            if (allowStale && Behind(kept, version) is { } behind && behind <= _options.StaleFor)
            {
                if (behind >= _options.RefreshAfter && kept.TryBeginRefresh(version.Version))
                {
                    _ = RefreshAsync(key, kept, version, new Work<T>(question.Compute, tabulate));
                }

                telemetry.Answered(question.Name, CacheStatus.Stale);
                return new(new ServedAnswer(kept.Answer, CacheStatus.Stale));
            }
        }

        return new(AnswerAsync());

        async Task<ServedAnswer> AnswerAsync()
        {
            var served = await FindAsync(key, version, new Work<T>(question.Compute, tabulate), cancellationToken);
            telemetry.Answered(key.Name, served.Status);
            return served;
        }
    }

    /// <summary>How long an expensive answer has been behind; null where it is not known, or the answer is cheap.</summary>
    private TimeSpan? Behind(LocalAnswer kept, VersionKnowledge version) =>
        kept.Answer.Cost > _options.ExpensiveAfter && version.SupersededAt(kept.Version) is { } at ? time.GetElapsedTime(at) : null;

    private async Task RefreshAsync<T>(AnswerKey key, LocalAnswer kept, VersionKnowledge version, Work<T> work)
    {
        try
        {
            await FindAsync(key, version, work, CancellationToken.None);
        }
#pragma warning disable CA1031 // Nobody waits for it: whoever asks once the old answer is too old meets the error, if it lasts.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            kept.RefreshFailed();
            LogNotRefreshed(key.Name, exception.GetType().Name);
        }
    }

    private async Task<ServedAnswer> FindAsync<T>(AnswerKey key, VersionKnowledge? version, Work<T> work, CancellationToken cancellationToken)
    {
        var isRedisLeftAlone = time.GetUtcNow().UtcTicks < Volatile.Read(ref _withoutRedisUntil);
        if (version is not null)
        {
            // One flight, whether or not Redis is asked: who comes once it has failed joins those who found that out.
            return await _flights.RunAsync(
                new(key, version.Epoch, version.Version),
                () => isRedisLeftAlone ? ComputeAsync(key, version, work, CacheStatus.Error) : LookAsync(key, version.Version, version, work, _options.RedisPatience),
                cancellationToken);
        }

        if (isRedisLeftAlone)
        {
            return await AnswerWithoutRedisAsync();
        }

        var started = time.GetTimestamp();
        long asked;
        using (var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
        {
            patience.CancelAfter(_options.RedisPatience);
            try
            {
                asked = await redis.GetVersionAsync(patience.Token);
            }
            catch (Exception exception) when (RedisConnection.IsOutage(exception) && !cancellationToken.IsCancellationRequested)
            {
                LeaveRedisAlone(exception);
                return await AnswerWithoutRedisAsync();
            }
        }

        // What is left of it: this request's own wait is the sum of both.
        var left = _options.RedisPatience - time.GetElapsedTime(started);
        return await _flights.RunAsync(
            new(key, Asked, asked), () => LookAsync(key, asked, knowledge: null, work, left > TimeSpan.Zero ? left : TimeSpan.Zero), cancellationToken);

        // Not joined by those who come after a change that this process knows of.
        Task<ServedAnswer> AnswerWithoutRedisAsync() => _flights.RunAsync(
            new(key, known.Sequence, Version: null), () => ComputeAsync(key, version: null, work, CacheStatus.Error), cancellationToken);
    }

    /// <summary>From Redis, by the replica that computes it, or computed here. Where the version is known it is kept here.</summary>
    private async Task<ServedAnswer> LookAsync<T>(AnswerKey key, long version, VersionKnowledge? knowledge, Work<T> work, TimeSpan patience)
    {
        var place = RedisAnswers.Place(key, version);
        try
        {
            if (await FindOrLockAsync(place, patience) is { } found)
            {
                KeepHere(key, found, knowledge);
                return new(found, CacheStatus.Hit);
            }
        }
        catch (Exception exception) when (RedisConnection.IsOutage(exception))
        {
            // A server that hangs costs each request its patience, and holds each command for ever: leave it alone for a while.
            LeaveRedisAlone(exception);
            return await ComputeAsync(key, knowledge, work, CacheStatus.Error);
        }

        ServedAnswer computed;
        try
        {
            computed = await ComputeAsync(key, knowledge, work, CacheStatus.Miss);
        }
        catch
        {
            // Others need not wait for what does not come.
            _ = ShareAsync(place, answer: null);
            throw;
        }

        // Nobody here waits for Redis to have it.
        _ = ShareAsync(place, computed.Answer);
        return computed;
    }

    /// <returns>Null when this replica is to compute it.</returns>
    private async Task<Answer?> FindOrLockAsync(RedisPlace place, TimeSpan patience)
    {
        var started = time.GetTimestamp();
        for (var wait = patience; ; wait = _options.RedisPatience)
        {
            using var limit = new CancellationTokenSource(wait, time);
            if (await redis.GetAsync(place, limit.Token) is { } found)
            {
                return found;
            }

            if (await redis.TryLockAsync(place, _options.ComputingLifetime, limit.Token))
            {
                // Whoever had it may have ended between the look and the lock.
                if (await redis.GetAsync(place, limit.Token) is { } ended)
                {
                    _ = ShareAsync(place, answer: null);
                    return ended;
                }

                return null;
            }

            // Another replica computes it. When that one dies its lock ends, and one that waits here gets the next.
            if (time.GetElapsedTime(started) >= _options.ComputingLifetime)
            {
                return null;
            }

            await Task.Delay(_options.PollInterval, time);
        }
    }

    private async Task<ServedAnswer> ComputeAsync<T>(AnswerKey key, VersionKnowledge? version, Work<T> work, string status)
    {
        using var limit = new CancellationTokenSource(_options.ComputeTimeout, time);
        var (computedAt, started) = (time.GetUtcNow(), time.GetTimestamp());
        var value = await work.Compute(limit.Token);
        using var body = new PooledBuffer();
        if (key.Format == AnswerFormat.Json)
        {
            using var writer = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = _json.Encoder });
            JsonSerializer.Serialize(writer, value, _json);
        }
        else
        {
            var table = work.Tabulate(value);
            using var writer = RowWriter.Create(key.Format, table.Columns, body, _json);
            writer.WriteAll(table.Rows);
        }

        var duration = time.GetElapsedTime(started);
        var answer = Answer.Of(body.Written.Span, computedAt, duration);
        telemetry.Computed(duration);
        KeepHere(key, answer, version);
        return new(answer, status);
    }

    private void KeepHere(in AnswerKey key, Answer answer, VersionKnowledge? version)
    {
        if (version is not null)
        {
            local.Keep(key, answer, version, Left(answer));
        }
    }

    // The clock of the replica that computed it may be ahead of this one's.
    private TimeSpan Left(Answer answer)
    {
        var age = time.GetUtcNow() - answer.ComputedAt;
        return age < TimeSpan.Zero ? _options.Lifetime : _options.Lifetime - age;
    }

    /// <summary>Gives the other replicas an answer, or lets them compute it.</summary>
    private async Task ShareAsync(RedisPlace place, Answer? answer)
    {
        using var patience = new CancellationTokenSource(_options.RedisPatience, time);
        try
        {
            if (answer is not null && Left(answer) is { Ticks: > 0 } left)
            {
                await redis.SetAsync(place, answer, left, patience.Token);
            }

            await redis.UnlockAsync(place, patience.Token);
        }
        catch (Exception exception) when (RedisConnection.IsOutage(exception))
        {
            LogWithoutRedis(exception.Message);
        }
    }

    private void LeaveRedisAlone(Exception exception)
    {
        Volatile.Write(ref _withoutRedisUntil, (time.GetUtcNow() + _options.RedisPause).UtcTicks);
        LogWithoutRedis(exception.Message);
    }

    [LoggerMessage(LogLevel.Debug, "Redis did not answer: {Reason}")]
    private partial void LogWithoutRedis(string reason);

    [LoggerMessage(LogLevel.Debug, "An answer to {Question} could not be computed anew: {Reason}")]
    private partial void LogNotRefreshed(string question, string reason);

    /// <summary>What requests share: a question at a version; without Redis there is none, and the epoch tells changes apart.</summary>
    private readonly record struct Flight(AnswerKey Key, long Epoch, long? Version);

    /// <summary>How an answer is made.</summary>
    private sealed record Work<T>(Func<CancellationToken, Task<T>> Compute, Func<T, Table> Tabulate);
}
