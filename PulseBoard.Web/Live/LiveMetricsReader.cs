using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;

namespace PulseBoard.Web.Live;

/// <summary>
/// Follows the Dashboard's stream for the whole server and reads the summary once per change. While it cannot, it keeps trying
/// and says so; <see cref="LiveMetrics"/> keeps what was read last.
/// </summary>
internal sealed partial class LiveMetricsReader : BackgroundService
{
    private readonly DashboardClient _dashboard;
    private readonly LiveMetrics _live;
    private readonly LiveOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<LiveMetricsReader> _logger;
    private readonly ResiliencePipeline _untilItAnswers;

    /// <summary>Room for one: however many changes are announced during a reading, one more reading sees them all.</summary>
    private readonly Channel<bool> _stale = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private volatile bool _failing;

    public LiveMetricsReader(
        DashboardClient dashboard, LiveMetrics live, IOptions<LiveOptions> options, TimeProvider time, ILogger<LiveMetricsReader> logger)
    {
        (_dashboard, _live, _options, _time, _logger) = (dashboard, live, options.Value, time, logger);
        _untilItAnswers = CreatePipeline();
    }

    /// <summary>Both loops run until the end; a fault in one ends both, so that the host learns of it instead of serving old data.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        Task[] loops = [FollowAsync(ending.Token), RefreshAsync(ending.Token)];

        try
        {
            await await Task.WhenAny(loops);
        }
        finally
        {
            await ending.CancelAsync();
            await Task.WhenAll(loops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await _untilItAnswers.ExecuteAsync(FollowOneStreamAsync, cancellationToken);
            _live.StreamEnded();

            // A stream that ended as soon as it had begun must not turn this into a busy loop.
            await Task.Delay(_options.ReconnectDelay, _time, cancellationToken);
        }
    }

    /// <summary>
    /// Throws when no stream comes about, so that the pipeline waits longer and longer; returns when one has spoken and then
    /// ended, so that the next attempt is made soon.
    /// </summary>
    private async ValueTask FollowOneStreamAsync(CancellationToken cancellationToken)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = _time.CreateTimer(_ => silence.Cancel(), null, _options.Silence, Timeout.InfiniteTimeSpan);
        var spoken = false;
        var version = default(long?);

        try
        {
            await foreach (var announcement in _dashboard.StreamAsync(silence.Token))
            {
                timer.Change(_options.Silence, Timeout.InfiniteTimeSpan);

                if (!spoken)
                {
                    spoken = true;
                    _live.StreamStarted();
                    LogFollowing(_logger);
                }
                else if (!announcement.MayBeNews(version))
                {
                    continue;
                }

                version = announcement.Version;
                _stale.Writer.TryWrite(true);
            }
        }
        catch (Exception exception) when (spoken && !cancellationToken.IsCancellationRequested && IsExpected(exception))
        {
            LogStreamLost(_logger, exception);
        }

        if (!spoken)
        {
            throw new HttpRequestException("The Dashboard's stream ended before its first message.");
        }
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await foreach (var _ in _stale.Reader.ReadAllAsync(cancellationToken))
        {
            var started = _time.GetTimestamp();
            await _untilItAnswers.ExecuteAsync(ReadSummaryAsync, cancellationToken);

            if (_options.RefreshInterval - _time.GetElapsedTime(started) is { Ticks: > 0 } rest)
            {
                await Task.Delay(rest, _time, cancellationToken);
            }

            if (_options.UnwatchedInterval - _time.GetElapsedTime(started) is { Ticks: > 0 } unwatched)
            {
                // Over a large history a reading costs the Dashboard and Postgres much, and ingestion shares their machine. The first
                // page that opens ends the pause.
                await _live.WhenWatched.WaitAsync(unwatched, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async ValueTask ReadSummaryAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.RefreshTimeout, _time);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        var askedAt = _time.GetUtcNow();

        _live.Refreshed(await _dashboard.GetSummaryAsync(limited.Token), askedAt);
        _failing = false;
    }

    private ResiliencePipeline CreatePipeline() =>
        new ResiliencePipelineBuilder { TimeProvider = _time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = arguments => ValueTask.FromResult(
                    !arguments.Context.CancellationToken.IsCancellationRequested
                    && arguments.Outcome.Exception is { } exception
                    && IsExpected(exception)),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = _options.ReconnectDelay,
                MaxDelay = _options.MaxReconnectDelay,
                OnRetry = arguments =>
                {
                    _live.Failed();

                    // Once per outage: it may last for hours.
                    if (!_failing)
                    {
                        _failing = true;
                        LogAway(_logger, arguments.Outcome.Exception);
                    }

                    return ValueTask.CompletedTask;
                },
            })
            .Build();

    /// <summary>Away, silent, broken off, or answering what cannot be read: all of it may pass.</summary>
    private static bool IsExpected(Exception exception) =>
        exception is HttpRequestException or IOException or JsonException or OperationCanceledException;

    [LoggerMessage(Level = LogLevel.Information, Message = "Following the Dashboard's stream")]
    private static partial void LogFollowing(ILogger logger);

    [LoggerMessage(Level = LogLevel.Information, Message = "The Dashboard's stream broke off or fell silent")]
    private static partial void LogStreamLost(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The Dashboard is away; trying again until it answers")]
    private static partial void LogAway(ILogger logger, Exception? exception);
}
