namespace PulseBoard.Activity.Ingestion;

/// <summary>
/// What is taken and not answered yet, in events and bytes: the bound on this service's memory. Whoever would exceed it is turned
/// away before anything is kept.
/// </summary>
/// <param name="maximumEvents">Most events.</param>
/// <param name="maximumBytes">Most bytes: <see cref="ActivityEvent.Size"/>.</param>
internal sealed class Backlog(int maximumEvents, long maximumBytes)
{
    private readonly Lock _lock = new();
    private int _events;
    private long _bytes;

    /// <summary>How many events are under way.</summary>
    public int Events => Volatile.Read(ref _events);

    /// <summary>Takes events in, all or none.</summary>
    /// <returns>False when there is no room for them.</returns>
    public bool TryEnter(IReadOnlyCollection<ActivityEvent> events)
    {
        var bytes = Bytes(events);
        lock (_lock)
        {
            if (_events + events.Count > maximumEvents || _bytes + bytes > maximumBytes)
            {
                return false;
            }

            _events += events.Count;
            _bytes += bytes;
            return true;
        }
    }

    /// <summary>They are answered.</summary>
    public void Leave(IReadOnlyCollection<ActivityEvent> events)
    {
        var bytes = Bytes(events);
        lock (_lock)
        {
            _events -= events.Count;
            _bytes -= bytes;
        }
    }

    private static long Bytes(IReadOnlyCollection<ActivityEvent> events) => events.Sum(activityEvent => (long)activityEvent.Size);
}
