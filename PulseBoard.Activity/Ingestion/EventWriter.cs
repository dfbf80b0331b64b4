using Microsoft.Extensions.Options;
using PulseBoard.Activity.Publishing;
using PulseBoard.Data;
using PulseBoard.ServiceDefaults.Telemetry;

namespace PulseBoard.Activity.Ingestion;

/// <summary>
/// Commits events in groups and tells each caller what became of its own. It answers only after the commit; publishing comes
/// after the answer.
/// </summary>
internal sealed partial class EventWriter : BackgroundService
{
    private readonly GroupCommit<ActivityEvent, WriteResult> _queue;
    private readonly EventStore _store;
    private readonly BatchPublisher _publisher;
    private readonly IngestionOptions _options;
    private readonly PublishingOptions _publishing;
    private readonly ActivityTelemetry _telemetry;
    private readonly TimeProvider _time;
    private readonly ILogger<EventWriter> _logger;

    public EventWriter(
        EventStore store,
        BatchPublisher publisher,
        IOptions<IngestionOptions> options,
        IOptions<PublishingOptions> publishing,
        ActivityTelemetry telemetry,
        TimeProvider time,
        ILogger<EventWriter> logger)
    {
        (_store, _publisher, _telemetry, _time, _logger) = (store, publisher, telemetry, time, logger);
        (_options, _publishing) = (options.Value, publishing.Value);
        _queue = new(_options.Capacity, _options.BatchSize, ActivityTelemetry.Source, "commit events");
        telemetry.ObserveQueue(() => _queue.Waiting);
    }

    /// <summary>Waits until an event is committed, or refused.</summary>
    /// <param name="activityEvent">The event.</param>
    /// <param name="cancellationToken">Ends the wait; the event may be stored all the same.</param>
    public async Task<WriteResult> WriteAsync(ActivityEvent activityEvent, CancellationToken cancellationToken)
    {
        if (!_queue.TrySubmit(activityEvent, out var result))
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

    private async Task<IReadOnlyList<WriteResult>> CommitAsync(IReadOnlyList<ActivityEvent> group)
    {
        var results = new WriteResult[group.Count];
        await CommitAsync(group, results);
        return results;
    }

    private async Task CommitAsync(IReadOnlyList<ActivityEvent> group, ArraySegment<WriteResult> results)
    {
        var started = _time.GetTimestamp();
        var batchId = Guid.CreateVersion7(_time.GetUtcNow());
        ActivityTelemetry.CommitBegins(batchId, group.Count);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var traceParent = Span.Current is { Recorded: true } span ? span.Id : null;
                var stored = await _store.StoreAsync(batchId, group, _publishing.Grace, traceParent, CancellationToken.None);
                if (attempt > 1 && stored.Count < group.Count)
                {
                    // An earlier attempt may have been committed although its answer was lost.
                    stored = await _store.FindAsync(batchId, CancellationToken.None);
                }

                _telemetry.Committed(group.Count, attempt, _time.GetElapsedTime(started));
                if (stored.Count > 0)
                {
                    _publisher.Enqueue(batchId, Span.Current?.Context ?? default);
                }

                for (var i = 0; i < group.Count; i++)
                {
                    // An id that stands twice in the group was stored for the first of them.
                    results[i] = stored.Remove(group[i].EventId) ? WriteResult.Stored : WriteResult.Duplicate;
                }

                return;
            }
            catch (Exception exception) when (DatabaseErrors.IsOfTheData(exception))
            {
                _telemetry.CommitFailed(attempt, _time.GetElapsedTime(started), exception);
                LogNotStorable(group.Count, SpanExtensions.ErrorType(exception));
                await BisectAsync(group, results);
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
                _telemetry.CommitFailed(attempt, _time.GetElapsedTime(started), exception);
                LogFailed(batchId, group.Count, exception);
                results.AsSpan().Fill(WriteResult.Unavailable);
                return;
            }
        }
    }

    // The statement failed as a whole, so none of the group is stored: halves find the one at fault, and save its neighbours.
    private async Task BisectAsync(IReadOnlyList<ActivityEvent> group, ArraySegment<WriteResult> results)
    {
        if (group.Count == 1)
        {
            results[0] = WriteResult.NotStorable;
            return;
        }

        var half = group.Count / 2;
        await CommitPartAsync([.. group.Take(half)], results[..half]);
        await CommitPartAsync([.. group.Skip(half)], results[half..]);
    }

    private async Task CommitPartAsync(IReadOnlyList<ActivityEvent> part, ArraySegment<WriteResult> results)
    {
        using var span = ActivityTelemetry.StartPart();
        await CommitAsync(part, results);
    }

    private static bool MayPass(Exception exception) =>
        DatabaseErrors.IsConflict(exception) || DatabaseErrors.IsOutage(exception);

    // Without the exception: Postgres quotes the data that it could not take.
    [LoggerMessage(LogLevel.Warning, "A commit of {Count} events has one that cannot be stored: SQLSTATE {SqlState}")]
    private partial void LogNotStorable(int count, string sqlState);

    [LoggerMessage(LogLevel.Warning, "Batch {BatchId} was not committed at attempt {Attempt}")]
    private partial void LogRetrying(Guid batchId, int attempt, Exception exception);

    [LoggerMessage(LogLevel.Error, "Batch {BatchId} of {Count} events was not committed, and its callers were told so")]
    private partial void LogFailed(Guid batchId, int count, Exception exception);
}
