using System.Diagnostics;
using System.Diagnostics.Metrics;
using PulseBoard.Analytics.Rollups;
using PulseBoard.Contracts;
using PulseBoard.Data.Accounting;
using PulseBoard.ServiceDefaults.Telemetry;

namespace PulseBoard.Analytics;

/// <summary>Spans and metrics of this service. Nobody's name is in them.</summary>
internal sealed class AnalyticsTelemetry
{
    private const string Name = "PulseBoard.Analytics";
    private const string Counted = "counted";
    private const string AlreadyCounted = "already_counted";
    private const string Postponed = "postponed";
    private const string Dead = "dead";
    private const string DeadAttribute = "pulseboard.batch.dead";

    private readonly PipelineCounts _counts;
    private readonly Meter _meter;
    private readonly Counter<long> _batches;
    private readonly Counter<long> _events;
    private readonly Histogram<int> _groupSize;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _lag;
    private readonly Counter<long> _notices;
    private readonly Counter<long> _compacted;
    private readonly Histogram<double> _compactionDuration;

    // Written by the reconciler, read by the exporter.
    private object? _drift;

    public AnalyticsTelemetry(IMeterFactory meters, PipelineCounts counts)
    {
        _counts = counts;
        _meter = meters.Create(Name);
        _batches = _meter.CreateCounter<long>("pulseboard.rollup.batches", "{batch}", "Batches that were taken from the broker, by what became of them.");
        _events = _meter.CreateCounter<long>("pulseboard.rollup.events", "{event}", "Events that were counted.");
        _groupSize = _meter.CreateHistogram(
            "pulseboard.rollup.group.size", "{batch}", "Batches that were counted together.",
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000] });
        _duration = _meter.CreateHistogram("pulseboard.rollup.duration", "s", "Time of one transaction that counts.", advice: Durations.Advice);
        _lag = _meter.CreateHistogram(
            "pulseboard.rollup.lag", "s", "Time from the commit of a batch's events to that of their rollup.", advice: Durations.Advice);
        _meter.CreateObservableGauge(
            "pulseboard.rollup.drift",
            () => Volatile.Read(ref _drift) is long drift ? [new Measurement<long>(drift)] : Array.Empty<Measurement<long>>(),
            "{event}",
            "By how many events the rollups differed from the events of counted batches at the last check; 0 while all is well. Every replica reports the same check: take the maximum, not the sum.");
        _notices = _meter.CreateCounter<long>("pulseboard.notices", "{notice}", "Attempts to tell Redis that metrics changed.");
        _compacted = _meter.CreateCounter<long>("pulseboard.compaction.deltas", "{delta}", "Counts and changes of tasks that were moved into the packed rollups.");
        _compactionDuration = _meter.CreateHistogram("pulseboard.compaction.duration", "s", "Time of one transaction that compacts.", advice: Durations.Advice);
    }

    /// <summary>Spans of this service; those of a rollup are begun by the group commit.</summary>
    public static ActivitySource Source { get; } = new(Name);

    /// <summary>Watches how many batches wait to be counted.</summary>
    public void ObserveQueue(Func<int> length) =>
        _meter.CreateObservableUpDownCounter("pulseboard.rollup.queue.length", length, "{batch}", "Batches that wait to be counted.");

    /// <summary>Counting begins: says on its span what is counted.</summary>
    public static void RollupBegins(IReadOnlyList<Guid> batchIds)
    {
        if (Activity.Current is { IsAllDataRequested: true } span)
        {
            span.SetTag(TelemetryAttributes.GroupSize, batchIds.Count);
            if (batchIds.Count == 1)
            {
                span.SetTag(TelemetryAttributes.BatchId, batchIds[0]);
            }
        }
    }

    /// <summary>Part of a group that is counted without the rest.</summary>
    public static Activity? StartPart() => Source.StartActivity("count part");

    /// <summary>A transaction that counts was committed.</summary>
    /// <param name="batches">How many batches it was given.</param>
    /// <param name="closed">Those that it counted; the others were counted before.</param>
    /// <param name="duration">How long it took.</param>
    public void RolledUp(int batches, IReadOnlyList<ClosedBatch> closed, TimeSpan duration)
    {
        var (events, lag) = (0L, TimeSpan.Zero);
        foreach (var batch in closed)
        {
            events += batch.EventCount;
            lag += batch.Age;
            _lag.Record(batch.Age.TotalSeconds);
        }

        Activity.Current?.SetTag(TelemetryAttributes.GroupEvents, events);
        _events.Add(events);
        _groupSize.Record(batches);
        _duration.Record(duration.TotalSeconds);
        Add(closed.Count, Counted);
        Add(batches - closed.Count, AlreadyCounted);
        _counts.Add(PipelineCounters.RollupsBatches, closed.Count);
        _counts.Add(PipelineCounters.RollupsEvents, events);
        _counts.Add(PipelineCounters.RollupsRepeated, batches - closed.Count);
        _counts.Add(PipelineCounters.RollupsLagMicroseconds, (long)lag.TotalMicroseconds);
    }

    /// <summary>A transaction that compacts was committed.</summary>
    public void Compacted(int deltas, TimeSpan duration)
    {
        _compacted.Add(deltas);
        _compactionDuration.Record(duration.TotalSeconds);
    }

    /// <summary>A transaction that counts was rolled back, and is tried again or in parts.</summary>
    public void RollupFailed(TimeSpan duration, Exception exception) =>
        _duration.Record(duration.TotalSeconds, Error(exception));

    /// <summary>Postgres is away, and counting waits for it: an event on the span, once, however long it takes.</summary>
    public static void Waits(Exception exception)
    {
        if (Activity.Current is { IsAllDataRequested: true } span && !span.Events.Any())
        {
            span.AddException(exception);
        }
    }

    /// <summary>A batch could not be counted for a reason of its own.</summary>
    public void SetAside(Exception exception, bool dead)
    {
        Activity.Current.Fail(exception);
        Activity.Current?.SetTag(DeadAttribute, dead);
        Add(1, dead ? Dead : Postponed);
        _counts.Add(PipelineCounters.RollupsFailed);
    }

    /// <summary>
    /// A notice goes on in the trace of the first rollup that it announces, and is linked with the others. Redis stands for the
    /// messaging system here, so the name and the attributes are those that the conventions have for one.
    /// </summary>
    /// <returns>Null without rollups, as at the worker's start, and when nobody listens.</returns>
    public static Activity? StartNotice(IReadOnlyList<ActivityContext> rollups)
    {
        if (rollups.Count == 0)
        {
            return null;
        }

        var span = Source.StartActivity(
            $"publish {MetricsVersion.ChangedChannel}",
            ActivityKind.Producer,
            rollups[0],
            links: rollups.Skip(1).Select(rollup => new ActivityLink(rollup)));
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag(TelemetryAttributes.MessagingSystem, "redis");
            span.SetTag(TelemetryAttributes.MessagingDestination, MetricsVersion.ChangedChannel);
            span.SetTag(TelemetryAttributes.MessagingOperation, "publish");
            span.SetTag(TelemetryAttributes.MessagingOperationType, "send");
        }

        return span;
    }

    /// <summary>Redis took a notice.</summary>
    public void Notified(Activity? span, long version, int attempt)
    {
        span?.SetTag(TelemetryAttributes.MetricsVersion, version);
        if (attempt > 1)
        {
            span?.SetTag(TelemetryAttributes.Attempt, attempt);
        }

        _notices.Add(1);
    }

    /// <summary>Redis did not take a notice. An outage has one span, not one for each attempt.</summary>
    public void NotNotified(Activity? span, Exception exception, int attempt)
    {
        span.Fail(exception);
        if (attempt > 1)
        {
            span.Discard();
        }

        _notices.Add(1, Error(exception));
    }

    /// <summary>What the last check found, or null when that is not known.</summary>
    /// <param name="drift">By how many events rollups differ from events.</param>
    public void Drifted(long? drift) => Volatile.Write(ref _drift, drift);

    private static KeyValuePair<string, object?> Error(Exception exception) =>
        new(TelemetryAttributes.ErrorType, SpanExtensions.ErrorType(exception));

    private void Add(int batches, string outcome)
    {
        if (batches > 0)
        {
            _batches.Add(batches, new KeyValuePair<string, object?>(TelemetryAttributes.Outcome, outcome));
        }
    }
}
