using Microsoft.Extensions.Options;
using Polly;
using PulseBoard.Web.Reading;

namespace PulseBoard.Web.Live;

/// <summary>
/// Follows the Dashboard's stream, once for the whole server, and passes on what it announces. While it cannot, it keeps trying and
/// says so.
/// </summary>
internal sealed partial class StreamFollower : BackgroundService
{
    private readonly DashboardClient _dashboard;
    private readonly LiveMetrics _live;
    private readonly LiveOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<StreamFollower> _logger;
    private readonly ResiliencePipeline _untilItSpeaks;

    private bool _failing;

    public StreamFollower(
        DashboardClient dashboard, LiveMetrics live, IOptions<LiveOptions> options, TimeProvider time, ILogger<StreamFollower> logger)
    {
        (_dashboard, _live, _options, _time, _logger) = (dashboard, live, options.Value, time, logger);
        _untilItSpeaks = Outages.CreatePipeline(_options, time, Fail);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await _untilItSpeaks.ExecuteAsync(FollowOneStreamAsync, stoppingToken);
            _live.StreamEnded();

            // A stream that ended as soon as it had begun must not turn this into a busy loop.
            await Task.Delay(_options.ReconnectDelay, _time, stoppingToken);
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
                var mayBeNews = !spoken || announcement.MayBeNews(version);
                version = announcement.Version;
                if (!spoken)
                {
                    (spoken, _failing) = (true, false);
                    _live.StreamStarted();
                    LogFollowing();
                }

                _live.Heard(mayBeNews);
            }
        }
        catch (Exception exception) when (spoken && !cancellationToken.IsCancellationRequested && Outages.MayPass(exception))
        {
            LogStreamLost(exception);
        }

        if (!spoken)
        {
            throw new HttpRequestException("The Dashboard's stream ended before its first message.");
        }
    }

    private void Fail(Exception? reason)
    {
        _live.Failed();

        // Once per outage: it may last for hours.
        if (!_failing)
        {
            _failing = true;
            LogAway(reason);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Following the Dashboard's stream")]
    private partial void LogFollowing();

    [LoggerMessage(Level = LogLevel.Information, Message = "The Dashboard's stream broke off or fell silent")]
    private partial void LogStreamLost(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The Dashboard is away; trying again until it answers")]
    private partial void LogAway(Exception? exception);
}
