using System.Collections.Concurrent;

namespace PulseBoard.Bench.Faults;

/// <summary>What clients know: every event that they sent, and every answer that they got.</summary>
internal sealed class Ledger
{
    private readonly ConcurrentDictionary<Guid, PostedEvent> _events = new();
    private readonly ConcurrentDictionary<string, int> _refusals = new(StringComparer.Ordinal);
    private int _resent;

    public IReadOnlyCollection<PostedEvent> Events => [.. _events.Values];

    public int Posted => _events.Count;

    public int Acknowledged => _events.Values.Count(posted => posted.IsAcknowledged);

    /// <summary>Events that were sent again, each time.</summary>
    public int Resent => Volatile.Read(ref _resent);

    /// <summary>How often a request failed, by how: see <see cref="Faults.Refusals"/>.</summary>
    public IReadOnlyDictionary<string, int> Refusals => _refusals;

    /// <summary>Opens an account for an event.</summary>
    public PostedEvent Open(string user, string type, DateTimeOffset? timestamp = null)
    {
        var posted = new PostedEvent(user, type, timestamp, data: new { source = "faults" });
        _events[posted.EventId] = posted;
        return posted;
    }

    public void Attempted(PostedEvent posted)
    {
        if (posted.Attempted())
        {
            Interlocked.Increment(ref _resent);
        }
    }

    public void Refused(string how) => _refusals.AddOrUpdate(how, 1, (_, count) => count + 1);
}
