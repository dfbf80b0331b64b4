using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using PulseBoard.Contracts;
using PulseBoard.Data;
using StackExchange.Redis;

namespace PulseBoard.Analytics.Notices;

/// <summary>
/// Bumps the metrics version and tells the listeners what changed: at once after a quiet time, else at most once per interval, and
/// then of all changes together. It tries until Redis has taken it, and once at its start, for what a predecessor could not say any
/// more.
/// </summary>
internal sealed partial class MetricsNotifier(
    IServiceProvider services,
    IOptions<NoticeOptions> options,
    AnalyticsTelemetry telemetry,
    TimeProvider time,
    ILogger<MetricsNotifier> logger) : BackgroundService
{
    private readonly Lock _lock = new();
    private Untold? _untold;

    // Holds one signal: changes that come while it is full are told by the same notice.
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Says that rollups were committed. Never waits.</summary>
    /// <param name="rollup">Their trace.</param>
    /// <param name="change">What changed with them.</param>
    public void Notify(ActivityContext rollup, MetricsChange change)
    {
        // Where nothing is recorded there is nothing to go on in.
        IReadOnlyList<ActivityContext> rollups = (rollup.TraceFlags & ActivityTraceFlags.Recorded) != 0 ? [rollup] : [];
        lock (_lock)
        {
            _untold = Untold.Of(_untold, new(rollups, change));
        }

        _changed.Writer.TryWrite(true);
    }

    /// <summary>Stops, and tells what was committed last if Redis takes it at once.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_changed.Reader.TryRead(out _) && TakeUntold() is { } untold && !cancellationToken.IsCancellationRequested)
        {
            await TryBumpAsync(untold, attempt: 1, cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Notify(default, MetricsChange.Everything);
        while (await _changed.Reader.WaitToReadAsync(stoppingToken))
        {
            // Taken before the bump: what is committed from here on needs one more.
            _changed.Reader.TryRead(out _);
            if (TakeUntold() is not { } untold)
            {
                // What the signal stands for came just in time for the notice before.
                continue;
            }

            try
            {
                for (var attempt = 1; !await TryBumpAsync(untold, attempt, stoppingToken); attempt++)
                {
                    await Task.Delay(options.Value.RetryPause, time, stoppingToken);
                }
            }
            catch when (stoppingToken.IsCancellationRequested)
            {
                // Redis may not have taken it: the stop tells it once more.
                GiveBack(untold);
                throw;
            }

            await Task.Delay(options.Value.Interval, time, stoppingToken);
        }
    }

    private Untold? TakeUntold()
    {
        lock (_lock)
        {
            (var taken, _untold) = (_untold, null);
            return taken;
        }
    }

    private void GiveBack(Untold untold)
    {
        lock (_lock)
        {
            _untold = Untold.Of(untold, _untold);
        }

        _changed.Writer.TryWrite(true);
    }

    private async Task<bool> TryBumpAsync(Untold untold, int attempt, CancellationToken cancellationToken)
    {
        var taken = false;
#pragma warning disable CA1031 // Whatever Redis or its client made of it, the notice is tried again; the worker goes on.
        try
        {
            using var span = AnalyticsTelemetry.StartNotice(untold.Rollups);
            try
            {
                // Resolved here, since connecting to a Redis that is away takes a while and must not hold up the start.
                var redis = services.GetRequiredService<IConnectionMultiplexer>();
                var notice = MetricsNotice.Describe(untold.Change, span is { Recorded: true } ? span.Id : null);

                // The client's own calls wait without limit for a server that hangs.
                var version = (long)await redis.GetDatabase()
                    .ScriptEvaluateAsync(MetricsVersion.Bump, [MetricsVersion.Key], [MetricsVersion.ChangedChannel, notice], CommandFlags.NoScriptCache)
                    .WaitAsync(options.Value.Timeout, time, cancellationToken);
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

    /// <summary>What the next notice has to tell.</summary>
    /// <param name="Rollups">The traces of the rollups, as many as one span can be linked with.</param>
    /// <param name="Change">What changed with all of them.</param>
    private sealed record Untold(IReadOnlyList<ActivityContext> Rollups, MetricsChange Change)
    {
        public static Untold? Of(Untold? earlier, Untold? later) => earlier is null || later is null
            ? earlier ?? later
            : new([.. earlier.Rollups.Concat(later.Rollups).Take(GroupSpan.MaximumLinks)], earlier.Change.Merge(later.Change));
    }
}
