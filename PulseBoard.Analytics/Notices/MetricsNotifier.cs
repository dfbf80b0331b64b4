using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using PulseBoard.Contracts;
using PulseBoard.Data;
using StackExchange.Redis;

namespace PulseBoard.Analytics.Notices;

/// <summary>
/// Bumps the metrics version and tells the listeners: at once after a quiet time, else at most once per interval. It tries until
/// Redis has taken it, and once at its start, for what a predecessor could not say any more.
/// </summary>
internal sealed partial class MetricsNotifier(
    IServiceProvider services,
    IOptions<NoticeOptions> options,
    AnalyticsTelemetry telemetry,
    TimeProvider time,
    ILogger<MetricsNotifier> logger) : BackgroundService
{
    private static readonly RedisChannel ChangedChannel = new(MetricsVersion.ChangedChannel, RedisChannel.PatternMode.Literal);

    private readonly Lock _lock = new();
    private List<ActivityContext> _rollups = [];

    // Holds one signal: changes that come while it is full are told by the same notice.
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Says that rollups were committed. Never waits.</summary>
    /// <param name="rollup">Their trace.</param>
    public void Notify(ActivityContext rollup)
    {
        lock (_lock)
        {
            // Where nothing is recorded there is nothing to go on in.
            if ((rollup.TraceFlags & ActivityTraceFlags.Recorded) != 0 && _rollups.Count < GroupSpan.MaximumLinks)
            {
                _rollups.Add(rollup);
            }
        }

        _changed.Writer.TryWrite(true);
    }

    /// <summary>Stops, and tells what was committed last if Redis takes it at once.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_changed.Reader.TryRead(out _) && !cancellationToken.IsCancellationRequested)
        {
            await TryBumpAsync(TakeRollups(), attempt: 1, cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Notify(default);
        while (await _changed.Reader.WaitToReadAsync(stoppingToken))
        {
            // Taken before the bump: what is committed from here on needs one more.
            _changed.Reader.TryRead(out _);
            var rollups = TakeRollups();
            try
            {
                for (var attempt = 1; !await TryBumpAsync(rollups, attempt, stoppingToken); attempt++)
                {
                    await Task.Delay(options.Value.RetryPause, time, stoppingToken);
                }
            }
            catch when (stoppingToken.IsCancellationRequested)
            {
                // Redis may not have taken it: the stop tells it once more.
                GiveBack(rollups);
                throw;
            }

            await Task.Delay(options.Value.Interval, time, stoppingToken);
        }
    }

    private List<ActivityContext> TakeRollups()
    {
        lock (_lock)
        {
            (var taken, _rollups) = (_rollups, []);
            return taken;
        }
    }

    private void GiveBack(List<ActivityContext> rollups)
    {
        lock (_lock)
        {
            _rollups = [.. rollups.Concat(_rollups).Take(GroupSpan.MaximumLinks)];
        }

        _changed.Writer.TryWrite(true);
    }

    private async Task<bool> TryBumpAsync(List<ActivityContext> rollups, int attempt, CancellationToken cancellationToken)
    {
        var taken = false;
#pragma warning disable CA1031 // Whatever Redis or its client made of it, the notice is tried again; the worker goes on.
        try
        {
            using var span = AnalyticsTelemetry.StartNotice(rollups);
            try
            {
                // Resolved here, since connecting to a Redis that is away takes a while and must not hold up the start.
                var redis = services.GetRequiredService<IConnectionMultiplexer>();

                // The client's own calls wait without limit for a server that hangs.
                var version = await redis.GetDatabase().StringIncrementAsync(MetricsVersion.Key).WaitAsync(options.Value.Timeout, time, cancellationToken);
                var notice = new MetricsNotice(version, span is { Recorded: true } ? span.Id : null);
                await redis.GetSubscriber().PublishAsync(ChangedChannel, notice.ToString()).WaitAsync(options.Value.Timeout, time, cancellationToken);
                taken = true;
                telemetry.Notified(span, version, attempt);
            }
            catch (Exception exception) when (!taken && !cancellationToken.IsCancellationRequested)
            {
                LogNotNotified(exception.Message);
                telemetry.NotNotified(span, exception, attempt);
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // A span and a metric call their listeners, and one of them failed. What Redis has, it has.
            LogTelemetryFailed(exception.Message);
        }
#pragma warning restore CA1031

        return taken;
    }

    [LoggerMessage(LogLevel.Warning, "Redis has not taken the notice that metrics changed; trying again: {Reason}")]
    private partial void LogNotNotified(string reason);

    [LoggerMessage(LogLevel.Warning, "A notice could not be recorded: {Reason}")]
    private partial void LogTelemetryFailed(string reason);
}
