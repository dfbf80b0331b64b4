using System.Diagnostics;
using PulseBoard.Activity.Ingestion;

namespace PulseBoard.Activity;

/// <summary>Spans of this service.</summary>
internal static class ActivityTelemetry
{
    /// <summary>Most links on one span; the collectors' usual limit.</summary>
    private const int MaximumLinks = 128;

    private static readonly ActivitySource Source = new("PulseBoard.Activity");

    /// <summary>
    /// The commit of a group belongs to each of its requests: it is a child of the first, so that a lone event has one trace
    /// from end to end, and linked to the others.
    /// </summary>
    public static Span? StartCommit(IReadOnlyList<PendingEvent> group)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var links = group.Skip(1).Take(MaximumLinks).Where(pending => pending.Caller != default).Select(pending => new ActivityLink(pending.Caller));
        var activity = Source.StartActivity("commit events", ActivityKind.Internal, group[0].Caller, links: links);
        return activity?.SetTag("pulseboard.batch.events", group.Count);
    }

    /// <summary>Publishing goes on in the trace of the commit.</summary>
    public static Span? StartPublish(ActivityContext commit) =>
        Source.StartActivity("publish batch", ActivityKind.Internal, commit);
}
