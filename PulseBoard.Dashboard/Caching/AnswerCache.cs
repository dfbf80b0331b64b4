using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace PulseBoard.Dashboard.Caching;

/// <summary>
/// Answers from Redis where it has them for the present metrics version, else from Postgres. The version makes every change
/// visible at once, and Redis makes nothing worse: it has a bounded time, and Postgres answers when that is over.
/// </summary>
internal sealed partial class AnswerCache(
    RedisAnswers answers,
    IOptions<CachingOptions> options,
    IOptions<JsonOptions> json,
    DashboardTelemetry telemetry,
    TimeProvider time,
    ILogger<AnswerCache> logger)
{
    private readonly SingleFlight<Answer> _flights = new();
    private readonly CachingOptions _options = options.Value;

    // UTC ticks, since requests read and write it without a lock.
    private long _withoutRedisUntil;

    /// <summary>An answer.</summary>
    /// <param name="name">Names the question, with all that its answer depends on.</param>
    /// <param name="compute">Asks Postgres.</param>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    public async Task<Answer> GetAsync<T>(string name, Func<CancellationToken, Task<T>> compute, CancellationToken cancellationToken)
    {
        var answer = await FindAsync(name, compute, cancellationToken);
        telemetry.Answered(name, answer.Status);
        return answer;
    }

    private async Task<Answer> FindAsync<T>(string name, Func<CancellationToken, Task<T>> compute, CancellationToken cancellationToken)
    {
        if (time.GetUtcNow().UtcTicks < Volatile.Read(ref _withoutRedisUntil))
        {
            return await AnswerWithoutRedisAsync();
        }

        long version;
        using (var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
        {
            patience.CancelAfter(_options.RedisPatience);
            try
            {
                version = await answers.GetVersionAsync(patience.Token);
                if (await answers.GetAsync(name, version, patience.Token) is { } kept)
                {
                    return kept;
                }
            }
            catch (Exception exception) when (RedisConnection.IsOutage(exception) && !cancellationToken.IsCancellationRequested)
            {
                // A server that hangs costs each request its patience, and holds each command for ever: leave it alone for a while.
                Volatile.Write(ref _withoutRedisUntil, (time.GetUtcNow() + _options.RedisPause).UtcTicks);
                LogWithoutRedis(exception.Message);
                return await AnswerWithoutRedisAsync();
            }
        }

        return await _flights.RunAsync(
            $"{name}@{version}",
            async () =>
            {
                var answer = await ComputeAsync(compute, CacheStatus.Miss);
                await KeepAsync(name, version, answer);
                return answer;
            },
            cancellationToken);

        Task<Answer> AnswerWithoutRedisAsync() =>
            _flights.RunAsync(name, () => ComputeAsync(compute, CacheStatus.Error), cancellationToken);
    }

    private async Task<Answer> ComputeAsync<T>(Func<CancellationToken, Task<T>> compute, string status)
    {
        using var limit = new CancellationTokenSource(_options.ComputeTimeout, time);
        var (computedAt, started) = (time.GetUtcNow(), time.GetTimestamp());
        var value = await compute(limit.Token);
        telemetry.Computed(time.GetElapsedTime(started));
        return new(JsonSerializer.SerializeToUtf8Bytes(value, json.Value.SerializerOptions), computedAt, status);
    }

    private async Task KeepAsync(string name, long version, Answer answer)
    {
        using var patience = new CancellationTokenSource(_options.RedisPatience, time);
        try
        {
            await answers.SetAsync(name, version, answer, _options.Lifetime, patience.Token);
        }
        catch (Exception exception) when (RedisConnection.IsOutage(exception))
        {
            LogWithoutRedis(exception.Message);
        }
    }

    [LoggerMessage(LogLevel.Debug, "Redis did not answer: {Reason}")]
    private partial void LogWithoutRedis(string reason);
}
