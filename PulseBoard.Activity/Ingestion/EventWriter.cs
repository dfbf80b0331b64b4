using System.Diagnostics;
using Microsoft.Extensions.Options;
using PulseBoard.Activity.Publishing;
using PulseBoard.Data;

namespace PulseBoard.Activity.Ingestion;

/// <summary>
/// Commits events in groups and tells each caller what became of its own. It answers only after the commit; publishing comes
/// after the answer.
/// </summary>
internal sealed partial class EventWriter : BackgroundService
{
    private readonly GroupCommit<PendingEvent, WriteResult> _queue;
    private readonly EventStore _store;
    private readonly BatchPublisher _publisher;
    private readonly IngestionOptions _options;
    private readonly PublishingOptions _publishing;
    private readonly TimeProvider _time;
    private readonly ILogger<EventWriter> _logger;

    public EventWriter(
        EventStore store,
        BatchPublisher publisher,
        IOptions<IngestionOptions> options,
        IOptions<PublishingOptions> publishing,
        TimeProvider time,
        ILogger<EventWriter> logger)
    {
        (_store, _publisher, _time, _logger) = (store, publisher, time, logger);
        (_options, _publishing) = (options.Value, publishing.Value);
        _queue = new(_options.Capacity, _options.BatchSize);
    }

    /// <summary>Waits until an event is committed, or refused.</summary>
    /// <param name="activityEvent">The event.</param>
    /// <param name="cancellationToken">Ends the wait; the event may be stored all the same.</param>
    public async Task<WriteResult> WriteAsync(ActivityEvent activityEvent, CancellationToken cancellationToken)
    {
        var pending = new PendingEvent(activityEvent, Span.Current?.Context ?? default);
        if (!_queue.TrySubmit(pending, out var result))
        {
            return WriteResult.Full;
        }

        try
        {
            return await result.WaitAsync(_options.AnswerTimeout, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return WriteResult.Unavailable;
        }
    }

    /// <summary>Takes no more, commits what waits, and stops.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Complete();
        if (ExecuteTask is { } writing)
        {
            await writing.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await base.StopAsync(cancellationToken);
    }

    // Without the stopping token: a commit under way is finished, or its callers would not know.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        _queue.RunAsync(_options.Writers, CommitAsync);

    private async Task<IReadOnlyList<WriteResult>> CommitAsync(IReadOnlyList<PendingEvent> group)
    {
        using var activity = ActivityTelemetry.StartCommit(group);
        var results = new WriteResult[group.Count];
        await CommitAsync(group, results, activity);
        return results;
    }

    private async Task CommitAsync(IReadOnlyList<PendingEvent> group, ArraySegment<WriteResult> results, Span? activity)
    {
        var batchId = Guid.CreateVersion7(_time.GetUtcNow());
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var stored = await _store.StoreAsync(
                    batchId, [.. group.Select(pending => pending.Event)], _publishing.Grace, CancellationToken.None);
                if (attempt > 1 && stored.Count < group.Count)
                {
                    // An earlier attempt may have been committed although its answer was lost.
                    stored = await _store.FindAsync(batchId, CancellationToken.None);
                }

                if (stored.Count > 0)
                {
                    _publisher.Enqueue(batchId, activity?.Context ?? default);
                }

                for (var i = 0; i < group.Count; i++)
                {
                    // An id that stands twice in the group was stored for the first of them.
                    results[i] = stored.Remove(group[i].Event.EventId) ? WriteResult.Stored : WriteResult.Duplicate;
                }

                return;
            }
            catch (Exception exception) when (DatabaseErrors.IsOfTheData(exception))
            {
                LogNotStorable(group.Count, exception);
                await BisectAsync(group, results, activity);
                return;
            }
            catch (Exception exception) when (MayPass(exception) && attempt < _options.Attempts)
            {
                LogRetrying(batchId, attempt, exception);
                await Task.Delay(_options.RetryPause * Math.Pow(2, attempt - 1), _time);
            }
#pragma warning disable CA1031 // Whatever happened, nothing was acknowledged, and the callers are told so.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                LogFailed(batchId, group.Count, exception);
                activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
                results.AsSpan().Fill(WriteResult.Unavailable);
                return;
            }
        }
    }

    // The statement failed as a whole, so none of the group is stored: halves find the one at fault, and save its neighbours.
    private async Task BisectAsync(IReadOnlyList<PendingEvent> group, ArraySegment<WriteResult> results, Span? activity)
    {
        if (group.Count == 1)
        {
            results[0] = WriteResult.NotStorable;
            return;
        }

        var half = group.Count / 2;
        await CommitAsync([.. group.Take(half)], results[..half], activity);
        await CommitAsync([.. group.Skip(half)], results[half..], activity);
    }

    private static bool MayPass(Exception exception) =>
        DatabaseErrors.IsConflict(exception) || DatabaseErrors.IsOutage(exception);

    [LoggerMessage(LogLevel.Warning, "A commit of {Count} events has one that cannot be stored")]
    private partial void LogNotStorable(int count, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Batch {BatchId} was not committed at attempt {Attempt}")]
    private partial void LogRetrying(Guid batchId, int attempt, Exception exception);

    [LoggerMessage(LogLevel.Error, "Batch {BatchId} of {Count} events was not committed, and its callers were told so")]
    private partial void LogFailed(Guid batchId, int count, Exception exception);
}
