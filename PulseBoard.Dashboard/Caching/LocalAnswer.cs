namespace PulseBoard.Dashboard.Caching;

/// <summary>An answer in this process.</summary>
/// <param name="key">The question.</param>
/// <param name="answer">Its answer.</param>
/// <param name="epoch">The epoch of its version.</param>
/// <param name="version">The metrics version that was known before it was computed.</param>
/// <param name="expiresAt">The end of its life, a timestamp.</param>
/// <param name="bytes">What it takes.</param>
internal sealed class LocalAnswer(AnswerKey key, Answer answer, long epoch, long version, long expiresAt, long bytes)
{
    private const long Nothing = -1;

    private volatile bool _used;
    private long _refreshed = Nothing;

    public AnswerKey Key { get; } = key;

    public Answer Answer { get; } = answer;

    public long Epoch { get; } = epoch;

    public long Version { get; } = version;

    public long ExpiresAt { get; } = expiresAt;

    public long Bytes { get; } = bytes;

    /// <summary>Its place among those that may have to go; of the lock of <see cref="LocalAnswers"/>.</summary>
    public LinkedListNode<LocalAnswer>? Turn { get; set; }

    /// <summary>Says that it was asked for. Many do at once, so it is written only where it says something new.</summary>
    public void Use()
    {
        if (!_used)
        {
            _used = true;
        }
    }

    /// <summary>Whether it was asked for since the last time.</summary>
    public bool TakeUse() => _used && !(_used = false);

    /// <summary>Whether the caller is the first to want it computed anew for a version.</summary>
    public bool TryBeginRefresh(long version) =>
        Volatile.Read(ref _refreshed) != version && Interlocked.Exchange(ref _refreshed, version) != version;

    /// <summary>Computing it anew failed: the next caller may try.</summary>
    public void RefreshFailed() => Volatile.Write(ref _refreshed, Nothing);
}
