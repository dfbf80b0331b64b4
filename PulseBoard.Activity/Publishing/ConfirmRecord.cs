namespace PulseBoard.Activity.Publishing;

/// <summary>Whether the broker confirms what is published, as far as the latest attempts tell.</summary>
/// <param name="memory">An attempt that is longer past tells nothing any more.</param>
/// <param name="time">The clock.</param>
internal sealed class ConfirmRecord(TimeSpan memory, TimeProvider time)
{
    private readonly Lock _gate = new();
    private long? _failingSince;
    private long _failedAt;

    /// <summary>
    /// For how long attempts have failed, none of them confirmed; null where the last was confirmed, or none was made of late.
    /// </summary>
    public TimeSpan? Failing
    {
        get
        {
            lock (_gate)
            {
                return _failingSince is { } since && IsRecent(_failedAt) ? time.GetElapsedTime(since) : null;
            }
        }
    }

    /// <summary>The broker has a message.</summary>
    public void Confirmed()
    {
        lock (_gate)
        {
            _failingSince = null;
        }
    }

    /// <summary>An attempt came to nothing.</summary>
    public void Failed()
    {
        lock (_gate)
        {
            // After a pause nobody knows what an attempt would have come to meanwhile: it begins anew.
            if (_failingSince is null || !IsRecent(_failedAt))
            {
                _failingSince = time.GetTimestamp();
            }

            _failedAt = time.GetTimestamp();
        }
    }

    private bool IsRecent(long timestamp) => time.GetElapsedTime(timestamp) <= memory;
}
