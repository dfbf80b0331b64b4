using PulseBoard.Contracts;

namespace PulseBoard.Web.Components.Pipeline;

/// <summary>Something to be said about where events are.</summary>
/// <param name="Tone">Whether all is well.</param>
/// <param name="Headline">What it is, without figures: it changes only when it is another thing.</param>
/// <param name="Detail">The figures.</param>
/// <param name="Advice">What to do; null where nothing is to be done.</param>
internal sealed record Finding(Tone Tone, string Headline, string Detail, string? Advice = null)
{
    // Well beyond what counting a batch takes, its first retries included.
    private const double BehindSeconds = 15;

    /// <summary>What is wrong, the worst first; where nothing is, the one thing that says so.</summary>
    public static IReadOnlyList<Finding> Of(PipelineStatus status) =>
        Problems(status).OfType<Finding>().ToArray() is { Length: > 0 } problems ? problems : [AllIsWell(status.Events)];

    private static Finding AllIsWell(PipelineEvents events) => events switch
    {
        { Stored: 0 } => new(Tone.Well, "No event was stored yet.", "The first one that is sent is counted here within a second."),
        { Pending: > 0 } => new(
            Tone.Well,
            "Every stored event is counted, or about to be.",
            $"{Figures.Count(events.Counted)} of {Figures.Count(events.Stored)} are; {Figures.Count(events.Pending)} came in a moment ago."),
        { Discarded: > 0 } => new(
            Tone.Well,
            "Every stored event is counted, but for those that somebody discarded.",
            $"{Figures.Count(events.Counted)} of {Figures.Count(events.Stored)} are; {Figures.Count(events.Discarded)} {Was(events.Discarded)} discarded."),
        _ => new(Tone.Well, "Every stored event is counted.", $"All {Figures.Count(events.Stored)} of them."),
    };

    private static IEnumerable<Finding?> Problems(PipelineStatus status)
    {
        var (events, outbox, broker) = (status.Events, status.Outbox, status.Broker);

        yield return status.Reconciliation is { Drift: not 0 } checkedLast
            ? new(
                Tone.Bad,
                "The figures differ from the events.",
                $"By {Figures.Count(Math.Abs((double)checkedLast.Drift))}, as the last comparison found.",
                "Have the days rebuilt from their events: POST /api/pipeline/recomputations. It should never happen; please report it.")
            : null;

        yield return events.Dead > 0
            ? new(
                Tone.Bad,
                "Some stored events could not be counted.",
                $"{Figures.Count(events.Dead)} of {Figures.Count(events.Stored)}, in {Figures.Count(outbox.DeadBatches)} {(outbox.DeadBatches == 1 ? "batch" : "batches")} that are dead.",
                "Mend what their errors name and replay them, or discard them: they are listed below.")
            : null;

        yield return broker.State == PipelineBroker.Away
            ? new(
                Tone.Bad,
                "RabbitMQ is away.",
                $"Events are stored all the same; {Waiting(events.Pending)}.",
                "Counting goes on by itself when it is back. Where it does not come back, start it.")
            : null;

        yield return broker.Consumers == 0
            ? new(
                Tone.Bad,
                "No worker counts events.",
                $"They are stored all the same; {Waiting(events.Pending)}.",
                "Start Analytics, or wait: one that restarts is back within seconds.")
            : null;

        yield return broker.Consumers > 0 && outbox.OldestPendingSeconds > BehindSeconds
            ? new(
                Tone.Busy,
                "Counting is behind.",
                $"{Waiting(events.Pending)}, the first of them since {Figures.Duration(outbox.OldestPendingSeconds)}.",
                "It catches up by itself once fewer come in. Where it does not, start more workers.")
            : null;
    }

    private static string Waiting(long events) => $"{Figures.Count(events)} {(events == 1 ? "waits" : "wait")} to be counted";

    private static string Was(long events) => events == 1 ? "was" : "were";
}

/// <summary>Whether all is well.</summary>
internal enum Tone
{
    /// <summary>It is.</summary>
    Well,

    /// <summary>It will be, by itself.</summary>
    Busy,

    /// <summary>Somebody may have to do something.</summary>
    Bad,
}
