using System.Diagnostics;

namespace PulseBoard.Data;

/// <summary>
/// The span of a commit that belongs to several callers. It is a child of the first one, so that a lone caller has one trace from
/// end to end; the others are linked with it in both directions, so that whoever looks at one of them finds it, and it them.
/// </summary>
internal static class GroupSpan
{
    /// <summary>
    /// Most links to callers; a span may have 128 by OpenTelemetry's defaults. Each caller has the link to the commit all the same.
    /// </summary>
    private const int MaximumLinks = 128;

    /// <summary>Starts the span on the thread of the commit, where no span is current.</summary>
    /// <param name="source">The service's source.</param>
    /// <param name="name">What the commit is called.</param>
    /// <param name="callers">The span of each caller, or null where it has none; one may stand several times.</param>
    /// <returns>Null when nobody listens.</returns>
    public static Activity? Start(ActivitySource source, string name, IEnumerable<Activity?> callers)
    {
        if (!source.HasListeners())
        {
            return null;
        }

        var known = callers.OfType<Activity>().Distinct().ToList();

        // A client may ask not to be recorded; that must not hide the commit from the traces of the others.
        var recorded = known.FindAll(caller => caller.Recorded);
        if (recorded.Count == 0 && known.Count > 0)
        {
            return StartUnrecorded(name, known[0]);
        }

        var links = recorded.Skip(1).Take(MaximumLinks).Select(caller => new ActivityLink(caller.Context));
        var span = source.StartActivity(name, ActivityKind.Internal, recorded.FirstOrDefault()?.Context ?? default, links: links);
        if (span is null)
        {
            return known.Count > 0 ? StartUnrecorded(name, known[0]) : null;
        }

        foreach (var caller in recorded.Skip(1))
        {
            caller.AddLink(new ActivityLink(span.Context));
        }

        return span;
    }

    /// <summary>What happens below is part of a trace that is not recorded, instead of the beginning of one that is.</summary>
    private static Activity StartUnrecorded(string name, Activity caller) =>
        new Activity(name).SetParentId(caller.TraceId, caller.SpanId, ActivityTraceFlags.None).Start();
}
