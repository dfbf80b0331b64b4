using System.Diagnostics;

namespace PulseBoard.Data;

/// <summary>A span that is not exported. What is called meanwhile belongs to it, instead of beginning a trace of its own.</summary>
public static class UnrecordedSpan
{
    /// <summary>Starts one.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="parent">The span whose trace it belongs to; by default a trace of its own.</param>
    public static Activity Start(string name, ActivityContext parent = default)
    {
        var span = new Activity(name) { IsAllDataRequested = false };
        return (parent == default ? span : span.SetParentId(parent.TraceId, parent.SpanId, ActivityTraceFlags.None)).Start();
    }
}
