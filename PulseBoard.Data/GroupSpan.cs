using System.Diagnostics;

namespace PulseBoard.Data;

/// <summary>
/// The span of a commit that belongs to several callers. It is a child of the first one, so that a lone caller has one trace from
/// end to end; the others are linked with it in both directions, so that whoever looks at one of them finds it, and it them.
/// </summary>
public static class GroupSpan
{
    /// <summary>
    /// Most links of a span to others, as OpenTelemetry's defaults have it. Where there are more callers, each of them has the link
    /// to the commit all the same.
    /// </summary>
    public const int MaximumLinks = 128;

    /// <summary>Starts the span on the thread of the commit, where no span is current.</summary>
    /// <param name="source">The service's source.</param>
    /// <param name="name">What the commit is called.</param>
    /// <param name="callers">The span of each caller, or null where it has none; one may stand several times.</param>
    /// <returns>Null when nobody listens.</returns>
    public static Activity? Start(ActivitySource source, string name, IReadOnlyList<Activity?> callers)
    {
        if (!source.HasListeners())
        {
            return null;
        }

        // A client may ask not to be recorded; that must not hide the commit from the traces of the others. Where nobody asked,
        // what happens below is part of a trace that is not recorded, instead of the beginning of one that is.
        var first = callers.FirstOrDefault(caller => caller is { Recorded: true });
        if (first is null && callers.FirstOrDefault(caller => caller is not null) is { } unrecorded)
        {
            return UnrecordedSpan.Start(name, unrecorded.Context);
        }

        var others = callers.OfType<Activity>().Where(caller => caller.Recorded && caller != first).Distinct().ToList();
        var links = others.Take(MaximumLinks).Select(caller => new ActivityLink(caller.Context));
        var span = source.StartActivity(name, ActivityKind.Internal, first?.Context ?? default, links: links);
        if (span is null)
        {
            return first is null ? null : UnrecordedSpan.Start(name, first.Context);
        }

        foreach (var caller in others)
        {
            caller.AddLink(new ActivityLink(span.Context));
        }

        return span;
    }
}
