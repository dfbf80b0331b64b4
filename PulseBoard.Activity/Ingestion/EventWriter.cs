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
    // What one request brings is one item, so that a batch is queued, committed and answered as a whole.
    private readonly GroupCommit<IReadOnlyList<ActivityEvent>, IReadOnlyList<WriteResult>> _queue;
    private readonly Backlog _backlog;
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
        _backlog = new(_options.Capacity, _options.CapacityBytes);
        _queue = new(_options.Capacity, _options.CommitSize, ActivityTelemetry.Source, "commit events", events => events.Count);
        telemetry.ObserveBacklog(() => _backlog.Events);
    }

    /// <summary>Waits until events are committed, or refused.</summary>
    /// <param name="events">The events of one request.</param>
    /// <param name="cancellationToken">Ends the wait; they may be stored all the same.</param>
    /// <returns>One result for each, in the same order.</returns>
    public async Task<IReadOnlyList<WriteResult>> WriteAsync(IReadOnlyList<ActivityEvent> events, CancellationToken cancellationToken)
    {
        if (!_backlog.TryEnter(events))
        {
            return All(WriteResult.Full);
        }

        // Counted until they are committed, also when nobody waits for the answer any more.
        if (!_queue.TrySubmit(events, out var results))
        {
            _backlog.Leave(events);
            return All(WriteResult.Full);
        }

        try
        {
            return await results.WaitAsync(_options.AnswerTimeout, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return All(WriteResult.Unavailable);
        }

        WriteResult[] All(WriteResult result)
        {
            var all = new WriteResult[events.Count];
            Array.Fill(all, result);
            return all;
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

    private async Task<IReadOnlyList<IReadOnlyList<WriteResult>>> CommitAsync(IReadOnlyList<IReadOnlyList<ActivityEvent>> requests)
    {
        try
        {
            ActivityEvent[] events = [.. requests.SelectMany(request => request)];
            var results = new WriteResult[events.Length];
            await CommitAsync(events, results);

            var answers = new IReadOnlyList<WriteResult>[requests.Count];
            for (int i = 0, first = 0; i < answers.Length; first += requests[i].Count, i++)
            {
                answers[i] = new ArraySegment<WriteResult>(results, first, requests[i].Count);
            }

            return answers;
        }
        finally
        {
            foreach (var request in requests)
            {
                _backlog.Leave(request);
            }
        }
    }

    private async Task CommitAsync(ArraySegment<ActivityEvent> group, ArraySegment<WriteResult> results)
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
                if (attempt > 1 && stored is not null)
                {
                    // An earlier attempt may have been committed although its answer was lost.
                    stored = await _store.FindAsync(batchId, CancellationToken.None);
                }

                _telemetry.Committed(group.Count, attempt, _time.GetElapsedTime(started));
                if (stored is not { Count: 0 })
                {
                    _publisher.Enqueue(batchId, Span.Current?.Context ?? default);
                }

                for (var i = 0; i < group.Count; i++)
                {
                    // An id that stands twice in the group was stored for the first of them.
                    results[i] = stored is null || stored.Remove(group[i].EventId) ? WriteResult.Stored : WriteResult.Duplicate;
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
    private async Task BisectAsync(ArraySegment<ActivityEvent> group, ArraySegment<WriteResult> results)
    {
        if (group.Count == 1)
        {
            results[0] = WriteResult.NotStorable;
            return;
        }

        var half = group.Count / 2;
        await CommitPartAsync(group[..half], results[..half]);
        await CommitPartAsync(group[half..], results[half..]);
    }

    private async Task CommitPartAsync(ArraySegment<ActivityEvent> part, ArraySegment<WriteResult> results)
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
