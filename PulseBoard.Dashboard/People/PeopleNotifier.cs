using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using PulseBoard.Contracts;
using PulseBoard.Dashboard.Caching;

namespace PulseBoard.Dashboard.People;

/// <summary>
/// Bumps the metrics version and tells the listeners once people or teams were changed. A write waits a moment for it, so that
/// whoever made it reads it back; where Redis is slower than that, it is told again until Redis has taken it. What a process that
/// ends leaves untold is old news after the lifetime of a cached answer.
/// </summary>
internal sealed partial class PeopleNotifier(
    RedisConnection connection, KnownVersion known, IOptions<PeopleOptions> options, TimeProvider time, ILogger<PeopleNotifier> logger) : BackgroundService
{
    // Holds one signal: changes that come while it is full are told by the same notice.
    private readonly Channel<bool> _untold = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Says that a write was committed. Never waits longer than the options allow, and never fails.</summary>
    public async Task NotifyAsync()
    {
        if (!await TryTellAsync(options.Value.NoticePatience, CancellationToken.None))
        {
            _untold.Writer.TryWrite(true);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _untold.Reader.WaitToReadAsync(stoppingToken))
        {
            // Taken before it is told: what is committed from here on is told once more.
            _untold.Reader.TryRead(out _);
            while (!await TryTellAsync(options.Value.NoticeTimeout, stoppingToken))
            {
                await Task.Delay(options.Value.NoticeRetryPause, time, stoppingToken);
            }
        }
    }

    private async Task<bool> TryTellAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var notice = MetricsNotice.Describe(MetricsChange.People, Activity.Current is { Recorded: true } span ? span.Id : null);
            var version = await connection.BumpAsync(notice, either.Token);

            // Before the notice comes back to this process: whoever wrote reads it at once.
            known.Advance(version);
            return true;
        }
        catch (Exception exception) when (RedisConnection.IsOutage(exception) && !cancellationToken.IsCancellationRequested)
        {
            // What this process answered before is not what it would answer now.
            known.Lose();
            LogNotTold(exception.Message);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Redis has not taken the notice that people or teams changed; trying again: {Reason}")]
    private partial void LogNotTold(string reason);
}
