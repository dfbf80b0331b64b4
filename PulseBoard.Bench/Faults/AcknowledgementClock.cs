using System.Diagnostics;

namespace PulseBoard.Bench.Faults;

/// <summary>When clients were acknowledged: how often, the longest gap, and how long after a moment.</summary>
internal sealed class AcknowledgementClock
{
    private readonly Lock _lock = new();
    private long _last = Stopwatch.GetTimestamp();
    private TimeSpan _longestGap;
    private long _count;
    private long _mark = long.MaxValue;
    private TimeSpan? _sinceMark;

    public long Count
    {
        get
        {
            lock (_lock)
            {
                return _count;
            }
        }
    }

    /// <summary>The time from <see cref="Mark"/> to the first acknowledgement after it, or null while there is none.</summary>
    public TimeSpan? SinceMark
    {
        get
        {
            lock (_lock)
            {
                return _sinceMark;
            }
        }
    }

    /// <summary>The longest time between two acknowledgements so far, or since the last one.</summary>
    public TimeSpan LongestGap
    {
        get
        {
            lock (_lock)
            {
                var since = Stopwatch.GetElapsedTime(_last);
                return since > _longestGap ? since : _longestGap;
            }
        }
    }

    /// <summary>Marks a moment.</summary>
    public void Mark()
    {
        lock (_lock)
        {
            (_mark, _sinceMark) = (Stopwatch.GetTimestamp(), null);
        }
    }

    public void Acknowledged()
    {
        lock (_lock)
        {
            var now = Stopwatch.GetTimestamp();
            var gap = Stopwatch.GetElapsedTime(_last, now);
            _longestGap = gap > _longestGap ? gap : _longestGap;
            (_last, _count) = (now, _count + 1);
            if (now >= _mark)
            {
                _sinceMark ??= Stopwatch.GetElapsedTime(_mark, now);
            }
        }
    }
}
