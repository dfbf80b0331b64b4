namespace Aspire.Dashboard.Telemetry.Logs;

/// <summary>The latest log records, in a ring: the place of a record follows from its id.</summary>
internal sealed class LogStore(TelemetryLimits limits)
{
    private readonly Lock _gate = new();
    private readonly LogEntry[] _ring = new LogEntry[limits.Logs];
    private long _lastId;
    private int _count;
    private long _received;
    private long _version;

    public long Version => Volatile.Read(ref _version);

    public IntakeCounts Counts
    {
        get
        {
            lock (_gate)
            {
                return new(_received, _count);
            }
        }
    }

    /// <summary>Keeps records, the last of them longest.</summary>
    /// <param name="entries">The records; the store owns them from now on.</param>
    /// <param name="skipped">How many came with them that are not worth reading.</param>
    public void Add(IReadOnlyList<LogEntry> entries, long skipped)
    {
        if (entries.Count == 0 && skipped == 0)
        {
            return;
        }

        lock (_gate)
        {
            _received += entries.Count + skipped;
            for (var index = 0; index < entries.Count; index++)
            {
                var entry = entries[index];
                entry.Id = ++_lastId;
                _ring[Place(entry.Id)] = entry;
            }

            _count = (int)Math.Min(_count + (long)entries.Count, _ring.Length);
            _version++;
        }
    }

    public LogEntry? Find(long id)
    {
        lock (_gate)
        {
            return id <= _lastId && id > _lastId - _count ? _ring[Place(id)] : null;
        }
    }

    /// <summary>All that is kept, oldest arrival first, and the version it is of.</summary>
    public (LogEntry[] Entries, long Version) Snapshot()
    {
        lock (_gate)
        {
            var entries = new LogEntry[_count];
            var first = Place(_lastId - _count + 1);
            var untilEnd = Math.Min(_count, _ring.Length - first);
            Array.Copy(_ring, first, entries, 0, untilEnd);
            Array.Copy(_ring, 0, entries, untilEnd, _count - untilEnd);
            return (entries, _version);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            Array.Clear(_ring);
            _count = 0;
            _version++;
        }
    }

    private int Place(long id) => (int)((id - 1 + _ring.Length) % _ring.Length);
}
