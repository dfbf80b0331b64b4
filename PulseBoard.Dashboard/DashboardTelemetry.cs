using System.Diagnostics;
using System.Diagnostics.Metrics;
using PulseBoard.Contracts;
using PulseBoard.Dashboard.Caching;
using PulseBoard.Data.Accounting;
using PulseBoard.ServiceDefaults.Telemetry;

namespace PulseBoard.Dashboard;

/// <summary>Spans and metrics of this service, and its part of the accounting. Nobody's name is in them.</summary>
internal sealed class DashboardTelemetry
{
    private const string Name = "PulseBoard.Dashboard";
    private const string QuestionAttribute = "pulseboard.cache.question";
    private const string ResultAttribute = "pulseboard.cache.result";
    private const string ListenersAttribute = "pulseboard.stream.listeners";

    private static readonly ActivitySource Source = new(Name);

    private readonly PipelineCounts _counts;
    private readonly Meter _meter;
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _computeDuration;
    private readonly Counter<long> _notices;

    public DashboardTelemetry(IMeterFactory meters, PipelineCounts counts)
    {
        _counts = counts;
        _meter = meters.Create(Name);
        _requests = _meter.CreateCounter<long>(
            "pulseboard.cache.requests", "{request}", "Answers, by where they came from: hit is the cache, stale is the cache while the next one is computed, miss is Postgres, error is Postgres because Redis did not answer.");
        _computeDuration = _meter.CreateHistogram(
            "pulseboard.cache.compute.duration", "s", "Time of computing one answer in Postgres.", advice: Durations.Advice);
        _notices = _meter.CreateCounter<long>("pulseboard.stream.notices", "{notice}", "Notices of changed metrics that came from Redis.");
    }

    /// <summary>Watches how many streams are open.</summary>
    public void ObserveListeners(Func<int> listeners) =>
        _meter.CreateObservableUpDownCounter("pulseboard.stream.listeners", listeners, "{listener}", "Open streams of changes.");

    /// <summary>A question was answered.</summary>
    /// <param name="question">Which one; a fixed name.</param>
    /// <param name="status">Where the answer came from: <see cref="CacheStatus"/>.</param>
    public void Answered(string question, string status)
    {
        var (result, counter) = status switch
        {
            CacheStatus.Hit => ("hit", PipelineCounters.CacheHit),
            CacheStatus.Miss => ("miss", PipelineCounters.CacheMiss),
            CacheStatus.Stale => ("stale", PipelineCounters.CacheStale),
            _ => ("error", PipelineCounters.CacheError),
        };
        _counts.Add(counter);
        _requests.Add(1, new(QuestionAttribute, question), new(ResultAttribute, result));
        Activity.Current?.SetTag(ResultAttribute, result);
    }

    /// <summary>An answer was computed.</summary>
    public void Computed(TimeSpan duration) => _computeDuration.Record(duration.TotalSeconds);

    /// <summary>
    /// A notice came: the end of an event's trace, since what is pushed from here goes to everyone and belongs to no event. The
    /// streams themselves have no span for each message; their number is on this one.
    /// </summary>
    public Activity? StartNotice(MetricsNotice notice)
    {
        _notices.Add(1);
        ActivityContext.TryParse(notice.TraceParent, null, isRemote: true, out var sender);
        if ((sender.TraceFlags & ActivityTraceFlags.Recorded) == 0)
        {
            return null;
        }

        var span = Source.StartActivity($"process {MetricsVersion.ChangedChannel}", ActivityKind.Consumer, sender);
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag(TelemetryAttributes.MessagingSystem, "redis");
            span.SetTag(TelemetryAttributes.MessagingDestination, MetricsVersion.ChangedChannel);
            span.SetTag(TelemetryAttributes.MessagingOperation, "process");
            span.SetTag(TelemetryAttributes.MessagingOperationType, "process");
            span.SetTag(TelemetryAttributes.MetricsVersion, notice.Version);
        }

        return span;
    }

    /// <summary>Every listener was told.</summary>
    public static void Told(Activity? span, int listeners) => span?.SetTag(ListenersAttribute, listeners);
}
