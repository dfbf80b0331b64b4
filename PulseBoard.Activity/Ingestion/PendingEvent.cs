using System.Diagnostics;

namespace PulseBoard.Activity.Ingestion;

/// <summary>An event that waits for its commit.</summary>
/// <param name="Event">The event.</param>
/// <param name="Caller">The trace of the request that brought it, for the commit to link to.</param>
internal readonly record struct PendingEvent(ActivityEvent Event, ActivityContext Caller);
