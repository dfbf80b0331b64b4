using System.Diagnostics;
using System.Diagnostics.Metrics;
using PulseBoard.Activity.Publishing;
using PulseBoard.Contracts;
using PulseBoard.Data;
using PulseBoard.Data.Accounting;
using PulseBoard.ServiceDefaults.Telemetry;

namespace PulseBoard.Activity;

/// <summary>
/// Spans and metrics of this service, and its part of the accounting that outlives it. Nobody's name and nothing that a client sent
/// is in them, but an event's id.
/// </summary>
internal sealed class ActivityTelemetry
{
    private const string Name = "PulseBoard.Activity";
    private const string Accepted = "accepted";
    private const string Duplicate = "duplicate";
    private const string Rejected = "rejected";
    private const string PublishName = "publish batch";
    private const string RouteAttribute = "pulseboard.publish.route";
    private const string Shared = "Every replica reports the same outbox: take the maximum, not the sum.";

    private readonly PipelineCounts _counts;
    private readonly Meter _meter;
    private readonly Counter<long> _events;
    private readonly Histogram<int> _batchSize;
    private readonly Histogram<double> _commitDuration;
    private readonly Histogram<double> _publishDuration;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _replacedBuses;

    // Written by the relay, read by the exporter.
    private OutboxState? _outbox;

    public ActivityTelemetry(IMeterFactory meters, PipelineCounts counts)
    {
        _counts = counts;
        _meter = meters.Create(Name);
        _events = _meter.CreateCounter<long>(
            "pulseboard.ingestion.events", "{event}", "Events that were answered, by outcome; error.type is the code of a rejection.");
        _batchSize = _meter.CreateHistogram(
            "pulseboard.ingestion.batch.size", "{event}", "Events that were committed together.",
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000] });
        _commitDuration = _meter.CreateHistogram(
            "pulseboard.ingestion.commit.duration", "s", "Time of one commit, its retries included.", advice: Durations.Advice);
        _publishDuration = _meter.CreateHistogram(
            "pulseboard.publish.duration", "s", "Time until the broker had confirmed a message, or was given up.", advice: Durations.Advice);
        _dropped = _meter.CreateCounter<long>(
            "pulseboard.publish.dropped", "{batch}", "Batches that the publisher had no room for, and left to the relay.");
        _replacedBuses = _meter.CreateCounter<long>(
            "pulseboard.publish.bus.replaced", "{bus}", "Buses that did not find back to the broker, and were replaced.");
        _meter.CreateObservableGauge(
            "pulseboard.outbox.pending", () => Observe(state => state.Pending), "{batch}", $"Batches that are stored and not counted yet. {Shared}");
        _meter.CreateObservableGauge(
            "pulseboard.outbox.oldest.age",
            () => Observe(state => state.OldestAge.TotalSeconds),
            "s",
            $"Age of the oldest batch that is not counted yet; 0 where there is none. {Shared}");
        _meter.CreateObservableGauge(
            "pulseboard.outbox.dead", () => Observe(state => state.Dead), "{batch}", $"Batches that could not be counted and are set aside. {Shared}");
    }

    /// <summary>Spans of this service; those of a commit are begun by the group commit.</summary>
    public static ActivitySource Source { get; } = new(Name);

    /// <summary>Whether anybody reads the state of the outbox.</summary>
    public bool WantsOutbox => _publishDuration.Enabled;

    /// <summary>Watches how many events were taken and are not answered yet.</summary>
    public void ObserveBacklog(Func<int> events) =>
        _meter.CreateObservableUpDownCounter("pulseboard.ingestion.backlog", events, "{event}", "Events that were taken and are not committed yet.");

    /// <summary>An event was answered: it is stored, now or before.</summary>
    public void Answered(Guid eventId, bool duplicate)
    {
        Describe(eventId);
        if (duplicate)
        {
            CountDuplicates(1);
        }
        else
        {
            CountAccepted(1);
        }
    }

    /// <summary>A batch of a client was answered.</summary>
    public void Answered(ActivityBatchReceipt receipt)
    {
        CountAccepted(receipt.Accepted);
        CountDuplicates(receipt.Duplicates);
        if (receipt.Rejected > 0)
        {
            foreach (var code in receipt.Results.Select(result => result.Code).OfType<string>())
            {
                CountRejected(code);
            }
        }
    }

    /// <summary>An event was not taken.</summary>
    /// <param name="code">The code of the problem details.</param>
    /// <param name="eventId">Its id, where it could be read.</param>
    public void Refused(string code, Guid? eventId = null)
    {
        Describe(eventId);
        CountRejected(code);
    }

    /// <summary>A commit begins: says on its span which batch it is.</summary>
    public static void CommitBegins(Guid batchId, int events)
    {
        if (Span.Current is { IsAllDataRequested: true } span)
        {
            span.SetTag(TelemetryAttributes.BatchId, batchId);
            span.SetTag(TelemetryAttributes.BatchSize, events);
        }
    }

    /// <summary>Part of a commit that is tried again without the rest.</summary>
    public static Span? StartPart() => Source.StartActivity("commit part");

    /// <summary>A commit went through.</summary>
    public void Committed(int events, int attempt, TimeSpan duration)
    {
        if (attempt > 1)
        {
            Span.Current?.SetTag(TelemetryAttributes.Attempt, attempt);
        }

        _counts.Add(PipelineCounters.BatchesCommitted);
        _counts.Add(PipelineCounters.BatchesEvents, events);
        _counts.Add(PipelineCounters.CommitMicroseconds, (long)duration.TotalMicroseconds);
        _batchSize.Record(events);
        _commitDuration.Record(duration.TotalSeconds);
    }

    /// <summary>A commit failed for good.</summary>
    public void CommitFailed(int attempt, TimeSpan duration, Exception exception)
    {
        if (attempt > 1)
        {
            Span.Current?.SetTag(TelemetryAttributes.Attempt, attempt);
        }

        Span.Current.Fail(exception);
        _commitDuration.Record(duration.TotalSeconds, Error(SpanExtensions.ErrorType(exception)));
    }

    /// <summary>
    /// Publishing goes on in the trace of the first commit, which ended before, and is linked with the others; MassTransit's span is
    /// below this one. Where none of the commits is recorded, neither is this.
    /// </summary>
    public static Span? StartPublish(IReadOnlyList<DueBatch> batches, PublishRoute route)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        ActivityContext[] commits = [.. batches.Select(batch => batch.Commit).Where(commit => (commit.TraceFlags & ActivityTraceFlags.Recorded) != 0)];
        if (commits.Length == 0 && batches.Select(batch => batch.Commit).FirstOrDefault(commit => commit != default) is var unrecorded && unrecorded != default)
        {
            return UnrecordedSpan.Start(PublishName, unrecorded);
        }

        var span = Source.StartActivity(
            PublishName,
            ActivityKind.Internal,
            commits.FirstOrDefault(),
            links: commits.Skip(1).Take(GroupSpan.MaximumLinks).Select(commit => new ActivityLink(commit)));
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag(RouteAttribute, Text(route));
            span.SetTag(TelemetryAttributes.GroupSize, batches.Count);
            if (batches.Count == 1)
            {
                span.SetTag(TelemetryAttributes.BatchId, batches[0].BatchId);
            }
        }

        return span;
    }

    /// <summary>The broker has a message.</summary>
    public void Published(int batches, PublishRoute route, TimeSpan duration)
    {
        _counts.Add(route == PublishRoute.Relay ? PipelineCounters.PublishRelayed : PipelineCounters.PublishConfirmed, batches);
        _publishDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>(RouteAttribute, Text(route)));
    }

    /// <summary>The broker did not confirm a message.</summary>
    public void PublishFailed(PublishRoute route, TimeSpan duration, Span? span, Exception exception, bool timedOut)
    {
        var errorType = timedOut ? "timeout" : SpanExtensions.ErrorType(exception);
        span.Fail(exception, errorType);
        _counts.Add(PipelineCounters.PublishFailed);
        _publishDuration.Record(duration.TotalSeconds, new(RouteAttribute, Text(route)), Error(errorType));
    }

    /// <summary>A batch was left to the relay.</summary>
    public void Dropped()
    {
        _counts.Add(PipelineCounters.PublishDropped);
        _dropped.Add(1);
    }

    /// <summary>A bus did not find back to the broker, and another took its place.</summary>
    public void BusReplaced() => _replacedBuses.Add(1);

    /// <summary>The state of the outbox, for the metrics; null while it is not known.</summary>
    public void Observed(OutboxState? state) => Volatile.Write(ref _outbox, state);

    private void CountAccepted(int events)
    {
        _counts.Add(PipelineCounters.EventsAccepted, events);
        _events.Add(events, new KeyValuePair<string, object?>(TelemetryAttributes.Outcome, Accepted));
    }

    private void CountDuplicates(int events)
    {
        _counts.Add(PipelineCounters.EventsDuplicate, events);
        _events.Add(events, new KeyValuePair<string, object?>(TelemetryAttributes.Outcome, Duplicate));
    }

    private void CountRejected(string code)
    {
        _counts.Add(PipelineCounters.EventsRejected(code));
        _events.Add(1, new(TelemetryAttributes.Outcome, Rejected), new(TelemetryAttributes.ErrorType, code));
    }

    private static void Describe(Guid? eventId)
    {
        if (eventId is { } id && Span.Current is { IsAllDataRequested: true } span)
        {
            span.SetTag(TelemetryAttributes.EventId, id);
        }
    }

    private static KeyValuePair<string, object?> Error(string errorType) => new(TelemetryAttributes.ErrorType, errorType);

    private static string Text(PublishRoute route) => route == PublishRoute.Relay ? "relay" : "direct";

    private IEnumerable<Measurement<T>> Observe<T>(Func<OutboxState, T> value)
        where T : struct =>
        Volatile.Read(ref _outbox) is { } state ? [new(value(state))] : [];
}
