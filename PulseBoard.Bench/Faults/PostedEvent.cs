namespace PulseBoard.Bench.Faults;

/// <summary>An event that was sent, once or more, and what the answers were.</summary>
internal sealed class PostedEvent(string user, string type, DateTimeOffset? timestamp = null, object? data = null)
{
    private int _attempts;
    private int _accepted;
    private int _duplicates;
    private int _uncertain;

    public Guid EventId { get; } = Guid.CreateVersion7();

    public string User { get; } = user;

    public string Type { get; } = type;

    public DateTimeOffset? Timestamp { get; } = timestamp;

    /// <summary>As the wire has it.</summary>
    public object Body => new { user = User, type = Type, event_id = EventId, timestamp = Timestamp, data };

    /// <summary>How often it was sent.</summary>
    public int Attempts => Volatile.Read(ref _attempts);

    /// <summary>How many answers said that it was stored by that request.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>How many answers said that it had been stored before.</summary>
    public int Duplicates => Volatile.Read(ref _duplicates);

    /// <summary>How many attempts had no answer, or one that leaves open whether it was stored.</summary>
    public int Uncertain => Volatile.Read(ref _uncertain);

    public bool IsAcknowledged => Accepted + Duplicates > 0;

    /// <summary>Counts an attempt.</summary>
    /// <returns>True when it was not the first.</returns>
    public bool Attempted() => Interlocked.Increment(ref _attempts) > 1;

    public void Acknowledged(bool duplicate) => Interlocked.Increment(ref duplicate ? ref _duplicates : ref _accepted);

    public void Unknown() => Interlocked.Increment(ref _uncertain);
}
