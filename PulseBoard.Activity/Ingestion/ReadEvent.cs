namespace PulseBoard.Activity.Ingestion;

/// <summary>What reading gave: an event, or what is wrong with it.</summary>
/// <param name="Event">The event, where nothing is wrong.</param>
/// <param name="Faults">All of its faults; empty where there is an event.</param>
/// <param name="EventId">The client's own id, where it could be read.</param>
internal readonly record struct ReadEvent(ActivityEvent? Event, IReadOnlyList<EventFault> Faults, Guid? EventId)
{
    /// <summary>An event of which nothing can be told but its fault.</summary>
    public static ReadEvent Failed(EventFault fault) => new(null, [fault], null);
}
