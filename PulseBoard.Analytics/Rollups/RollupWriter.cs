using System.Diagnostics;
using Microsoft.Extensions.Options;
using PulseBoard.Analytics.Notices;
using PulseBoard.Contracts;
using PulseBoard.Data;
using PulseBoard.Data.Rollups;

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
        await CountAsync([.. messages.SelectMany(message => message).Distinct()], uncertain: false);
        return [.. Enumerable.Repeat(true, messages.Count)];
    }

    // Uncertain: an earlier attempt may have been committed though its answer was lost. Then this one finds nothing to count, but
    // people must hear of it all the same.
    private async Task CountAsync(Guid[] batchIds, bool uncertain)
    {
        var pause = FirstPause;
        AnalyticsTelemetry.RollupBegins(batchIds);
        while (true)
        {
            var started = _time.GetTimestamp();
            CountedBatches counted;
            try
            {
                // Without a token: a transaction under way is finished, also when the worker stops.
                counted = await _store.CountAsync(batchIds, CancellationToken.None);
            }
            catch (Exception exception) when (DatabaseErrors.IsTimeout(exception) && batchIds.Length > 1)
            {
                // Either Postgres hangs, or so much at once takes it too long: smaller groups serve both. It may have been committed
                // a moment after nobody waited for the answer any more.
                _telemetry.RollupFailed(_time.GetElapsedTime(started), exception);
                LogSplit(batchIds.Length, exception.Message);
                var half = batchIds.Length / 2;
                await CountPartAsync(batchIds[..half], uncertain: true);
                await CountPartAsync(batchIds[half..], uncertain: true);
                return;
            }
            catch (Exception exception) when (MayPass(exception))
            {
                // Whatever came of it, the gate makes it safe to try again; and without Postgres there is nothing else to do.
                uncertain = true;
                _telemetry.RollupFailed(_time.GetElapsedTime(started), exception);
                pause = await PauseAsync(pause, batchIds.Length, exception);
                continue;
            }
            catch (Exception exception) when (exception is not OperationCanceledException && batchIds.Length > 1)
            {
                // One of them is at fault: each for itself, so that the others are counted.
                _telemetry.RollupFailed(_time.GetElapsedTime(started), exception);
                LogSplit(batchIds.Length, exception.Message);
                foreach (var batchId in batchIds)
                {
                    await CountPartAsync([batchId], uncertain);
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
            if (counted.Batches.Count > 0 || uncertain)
            {
                _notifier.Notify(
                    Activity.Current?.Context ?? default,
                    uncertain ? MetricsChange.Counted(events: null) : Tell(counted));
            }

            _telemetry.RolledUp(batchIds.Length, counted.Batches, _time.GetElapsedTime(started));
            return;
        }
    }

    private static MetricsChange Tell(CountedBatches counted) =>
        MetricsChange.Counted(
            counted.Batches.Sum(batch => (long)batch.EventCount),
            counted.Touched?.First,
            counted.Touched?.Last.AddSeconds(QuarterHour.Seconds));

    private async Task CountPartAsync(Guid[] batchIds, bool uncertain)
    {
        using var span = AnalyticsTelemetry.StartPart();
        await CountAsync(batchIds, uncertain);
    }

    // The outbox remembers the failure, so the message need not: the relay brings the batch again, until it is dead.
    private async Task SetAsideAsync(Guid batchId, Exception exception)
    {
        // Only what lies in the batch's own data can make it dead. A missing right or column, or a fault of this program, is
        // mended from outside, and then the batch counts.
        var attempts = DatabaseErrors.IsOfTheData(exception) ? _options.Attempts : int.MaxValue;
        var dead = await RecordFailureAsync(batchId, exception.Message, attempts);
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

    // It waits for Postgres like the counting itself: the batches after this one would else go uncounted. Where only the answer was
    // lost the attempt is noted twice, and the batch may be dead one attempt sooner.
    private async Task<bool> RecordFailureAsync(Guid batchId, string error, int attempts)
    {
        var pause = FirstPause;
        while (true)
        {
            try
            {
                return await _store.RecordFailureAsync(batchId, error, attempts, _options.AttemptPause, CancellationToken.None);
            }
            catch (Exception exception) when (MayPass(exception))
            {
                pause = await PauseAsync(pause, 1, exception);
            }
        }
    }

    private static bool MayPass(Exception exception) => DatabaseErrors.IsOutage(exception) || DatabaseErrors.IsConflict(exception);

    /// <returns>The next pause.</returns>
    private async Task<TimeSpan> PauseAsync(TimeSpan pause, int batches, Exception exception)
    {
        AnalyticsTelemetry.Waits(exception);
        LogWaiting(batches, exception.Message);
        await Task.Delay(pause, _time, _lifetime.ApplicationStopping);
        return TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, _options.OutagePause.Ticks));
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
