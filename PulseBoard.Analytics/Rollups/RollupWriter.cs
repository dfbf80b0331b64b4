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
    private static readonly ActivitySource Source = new("PulseBoard.Analytics");

    // One writer: two of them in one process would mostly wait for each other's rows.
    private const int Writers = 1;

    // How often one message may be here at once.
    private const int Deliveries = 4;

    private readonly GroupCommit<PendingBatch, bool> _queue;
    private readonly RollupStore _store;
    private readonly MetricsNotifier _notifier;
    private readonly RollupOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<RollupWriter> _logger;
    private readonly IHostApplicationLifetime _lifetime;

    public RollupWriter(
        RollupStore store,
        MetricsNotifier notifier,
        IOptions<RollupOptions> options,
        IHostApplicationLifetime lifetime,
        TimeProvider time,
        ILogger<RollupWriter> logger)
    {
        (_store, _notifier, _options, _lifetime, _time, _logger) = (store, notifier, options.Value, lifetime, time, logger);
        // The broker may deliver again, over a new connection, what is still here from the lost one.
        _queue = new(Deliveries * _options.Prefetch, _options.GroupSize);
    }

    /// <summary>Waits until a batch is counted, by this call or an earlier one, or set aside for its next attempt.</summary>
    /// <param name="batchId">The batch.</param>
    /// <param name="cancellationToken">Ends the wait; the batch may be counted all the same.</param>
    /// <exception cref="OperationCanceledException">The worker stops without having counted the batch: another one will.</exception>
    /// <exception cref="InvalidOperationException">The worker does not take it; the relay will bring it again.</exception>
    public Task CountAsync(Guid batchId, CancellationToken cancellationToken) =>
        _queue.TrySubmit(new(batchId, Activity.Current?.Context ?? default), out var counted)
            ? counted.WaitAsync(cancellationToken)
            : throw new InvalidOperationException("The worker takes no more batches: it is stopping, or too many wait already.");

    /// <summary>Counts what waits, and stops.</summary>
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Complete();
        return base.StopAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _queue.RunAsync(Writers, CountAsync);

    private async Task<IReadOnlyList<bool>> CountAsync(IReadOnlyList<PendingBatch> group)
    {
        var links = group.Skip(1).Where(batch => batch.Message != default).Select(batch => new ActivityLink(batch.Message));
        using var activity = Source.StartActivity("count batches", ActivityKind.Internal, group[0].Message, links: links);
        activity?.SetTag("pulseboard.batches", group.Count);

        await CountAsync([.. group.Select(batch => batch.BatchId).Distinct()]);
        return [.. Enumerable.Repeat(true, group.Count)];
    }

    private async Task CountAsync(Guid[] batchIds)
    {
        var pause = FirstPause;
        var uncertain = false;
        while (true)
        {
            try
            {
                // Without a token: a transaction under way is finished, also when the worker stops.
                var counted = await _store.CountAsync(batchIds, CancellationToken.None);
                if (counted > 0 || uncertain)
                {
                    _notifier.Notify();
                }

                return;
            }
            catch (Exception exception) when (DatabaseErrors.IsTimeout(exception) && batchIds.Length > 1)
            {
                // Either Postgres hangs, or so much at once takes it too long: smaller groups serve both.
                LogSplit(batchIds.Length, exception);
                var half = batchIds.Length / 2;
                await CountAsync(batchIds[..half]);
                await CountAsync(batchIds[half..]);
                return;
            }
            catch (Exception exception) when (DatabaseErrors.IsOutage(exception) || DatabaseErrors.IsConflict(exception))
            {
                // Whatever came of it, the gate makes it safe to try again; and without Postgres there is nothing else to do.
                // If it was committed and only the answer was lost, the next attempt finds nothing to count, but people must
                // hear of it all the same.
                uncertain = true;
                LogWaiting(batchIds.Length, exception.Message);
                await Task.Delay(pause, _time, _lifetime.ApplicationStopping);
                pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, _options.OutagePause.Ticks));
            }
            catch (Exception exception) when (exception is not OperationCanceledException && batchIds.Length > 1)
            {
                // One of them is at fault: each for itself, so that the others are counted.
                LogSplit(batchIds.Length, exception);
                foreach (var batchId in batchIds)
                {
                    await CountAsync([batchId]);
                }

                return;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                await SetAsideAsync(batchIds[0], exception);
                return;
            }
        }
    }

    // The outbox remembers the failure, so the message need not: the relay brings the batch again, until it is dead.
    private async Task SetAsideAsync(Guid batchId, Exception exception)
    {
        // Only what lies in the batch's own data can make it dead. A missing right or column, or a fault of this program, is
        // mended from outside, and then the batch counts.
        var attempts = DatabaseErrors.IsOfTheData(exception) ? _options.Attempts : int.MaxValue;
        var dead = await _store.RecordFailureAsync(
            batchId, exception.Message, attempts, _options.AttemptPause, CancellationToken.None);
        if (dead)
        {
            LogDead(batchId, exception);
        }
        else
        {
            LogAttemptFailed(batchId, exception);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Count} batches wait for Postgres: {Reason}")]
    private partial void LogWaiting(int count, string reason);

    [LoggerMessage(LogLevel.Warning, "{Count} batches could not be counted together; trying fewer at once")]
    private partial void LogSplit(int count, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Batch {BatchId} could not be counted, and will be tried again")]
    private partial void LogAttemptFailed(Guid batchId, Exception exception);

    [LoggerMessage(LogLevel.Error, "Batch {BatchId} could not be counted and is set aside as dead")]
    private partial void LogDead(Guid batchId, Exception exception);

    /// <summary>A batch that waits to be counted.</summary>
    /// <param name="BatchId">The batch.</param>
    /// <param name="Message">The trace of the message that brought it.</param>
    private readonly record struct PendingBatch(Guid BatchId, ActivityContext Message);
}
