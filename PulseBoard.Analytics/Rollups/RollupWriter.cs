using System.Diagnostics;
using Microsoft.Extensions.Options;
using PulseBoard.Analytics.Notices;
using PulseBoard.Data;

namespace PulseBoard.Analytics.Rollups;

/// <summary>
/// Counts the batches that wait, together: one transaction for all of them while the last one is still under way is far cheaper
/// than one each. A message is acknowledged when its batch's transaction is committed.
/// </summary>
internal sealed partial class RollupWriter : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);

    // One writer: two of them in one process would mostly wait for each other's rows.
    private const int Writers = 1;

    // How often one message may be here at once.
    private const int Deliveries = 4;

    private readonly GroupCommit<IReadOnlyList<Guid>, bool> _queue;
    private readonly RollupStore _store;
    private readonly MetricsNotifier _notifier;
    private readonly RollupOptions _options;
    private readonly AnalyticsTelemetry _telemetry;
    private readonly TimeProvider _time;
    private readonly ILogger<RollupWriter> _logger;
    private readonly IHostApplicationLifetime _lifetime;

    public RollupWriter(
        RollupStore store,
        MetricsNotifier notifier,
        IOptions<RollupOptions> options,
        IHostApplicationLifetime lifetime,
        AnalyticsTelemetry telemetry,
        TimeProvider time,
        ILogger<RollupWriter> logger)
    {
        (_store, _notifier, _options, _lifetime, _time, _logger) = (store, notifier, options.Value, lifetime, time, logger);
        _telemetry = telemetry;

        // The broker may deliver again, over a new connection, what is still here from the lost one.
        _queue = new(Deliveries * _options.Prefetch, _options.GroupSize, AnalyticsTelemetry.Source, "count batches", batches => Math.Max(1, batches.Count));
        telemetry.ObserveQueue(() => _queue.Waiting);
    }

    /// <summary>Waits until each batch is counted, by this call or an earlier one, or set aside for its next attempt.</summary>
    /// <param name="batchIds">The batches of one message.</param>
    /// <param name="cancellationToken">Ends the wait; they may be counted all the same.</param>
    /// <exception cref="OperationCanceledException">The worker stops without having counted them: another one will.</exception>
    /// <exception cref="InvalidOperationException">The worker does not take them; the relay will bring them again.</exception>
    public Task CountAsync(IReadOnlyList<Guid> batchIds, CancellationToken cancellationToken) =>
        _queue.TrySubmit(batchIds, out var counted)
            ? counted.WaitAsync(cancellationToken)
            : throw new InvalidOperationException("The worker takes no more batches: it is stopping, or too many wait already.");

    /// <summary>Counts what waits, and stops.</summary>
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Complete();
        return base.StopAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _queue.RunAsync(Writers, CountAsync);

    private async Task<IReadOnlyList<bool>> CountAsync(IReadOnlyList<IReadOnlyList<Guid>> messages)
    {
        await CountAsync([.. messages.SelectMany(message => message).Distinct()]);
        return [.. Enumerable.Repeat(true, messages.Count)];
    }

    private async Task CountAsync(Guid[] batchIds)
    {
        var pause = FirstPause;
        var uncertain = false;
        AnalyticsTelemetry.RollupBegins(batchIds);
        while (true)
        {
            var started = _time.GetTimestamp();
            IReadOnlyList<ClosedBatch> counted;
            try
            {
                // Without a token: a transaction under way is finished, also when the worker stops.
                counted = await _store.CountAsync(batchIds, CancellationToken.None);
            }
            catch (Exception exception) when (DatabaseErrors.IsTimeout(exception) && batchIds.Length > 1)
            {
                // Either Postgres hangs, or so much at once takes it too long: smaller groups serve both.
                _telemetry.RollupFailed(_time.GetElapsedTime(started), exception);
                LogSplit(batchIds.Length, exception.Message);
                var half = batchIds.Length / 2;
                await CountPartAsync(batchIds[..half]);
                await CountPartAsync(batchIds[half..]);
                return;
            }
            catch (Exception exception) when (DatabaseErrors.IsOutage(exception) || DatabaseErrors.IsConflict(exception))
            {
                // Whatever came of it, the gate makes it safe to try again; and without Postgres there is nothing else to do.
                // If it was committed and only the answer was lost, the next attempt finds nothing to count, but people must
                // hear of it all the same.
                uncertain = true;
                _telemetry.RollupFailed(_time.GetElapsedTime(started), exception);
                AnalyticsTelemetry.Waits(exception);
                LogWaiting(batchIds.Length, exception.Message);
                await Task.Delay(pause, _time, _lifetime.ApplicationStopping);
                pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, _options.OutagePause.Ticks));
                continue;
            }
            catch (Exception exception) when (exception is not OperationCanceledException && batchIds.Length > 1)
            {
                // One of them is at fault: each for itself, so that the others are counted.
                _telemetry.RollupFailed(_time.GetElapsedTime(started), exception);
                LogSplit(batchIds.Length, exception.Message);
                foreach (var batchId in batchIds)
                {
                    await CountPartAsync([batchId]);
                }

                return;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                _telemetry.RollupFailed(_time.GetElapsedTime(started), exception);
                await SetAsideAsync(batchIds[0], exception);
                return;
            }

            // It is committed: whatever fails from here on, nothing is counted again, and people hear of it first.
            if (counted.Count > 0 || uncertain)
            {
                _notifier.Notify(Activity.Current?.Context ?? default);
            }

            _telemetry.RolledUp(batchIds.Length, counted, _time.GetElapsedTime(started));
            return;
        }
    }

    private async Task CountPartAsync(Guid[] batchIds)
    {
        using var span = AnalyticsTelemetry.StartPart();
        await CountAsync(batchIds);
    }

    // The outbox remembers the failure, so the message need not: the relay brings the batch again, until it is dead.
    private async Task SetAsideAsync(Guid batchId, Exception exception)
    {
        // Only what lies in the batch's own data can make it dead. A missing right or column, or a fault of this program, is
        // mended from outside, and then the batch counts.
        var attempts = DatabaseErrors.IsOfTheData(exception) ? _options.Attempts : int.MaxValue;
        var dead = await _store.RecordFailureAsync(
            batchId, exception.Message, attempts, _options.AttemptPause, CancellationToken.None);
        _telemetry.SetAside(exception, dead);
        if (dead)
        {
            LogDead(batchId, exception.Message);
        }
        else
        {
            LogAttemptFailed(batchId, exception.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Count} batches wait for Postgres: {Reason}")]
    private partial void LogWaiting(int count, string reason);

    // Without the exceptions themselves: Postgres may quote the data at fault, beyond the message.
    [LoggerMessage(LogLevel.Warning, "{Count} batches could not be counted together; trying fewer at once: {Reason}")]
    private partial void LogSplit(int count, string reason);

    [LoggerMessage(LogLevel.Warning, "Batch {BatchId} could not be counted, and will be tried again: {Reason}")]
    private partial void LogAttemptFailed(Guid batchId, string reason);

    [LoggerMessage(LogLevel.Error, "Batch {BatchId} could not be counted and is set aside as dead: {Reason}")]
    private partial void LogDead(Guid batchId, string reason);
}
