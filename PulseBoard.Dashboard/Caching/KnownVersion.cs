using Microsoft.Extensions.Options;

namespace PulseBoard.Dashboard.Caching;

/// <summary>
/// The metrics version as this process knows it, so that a request need not ask Redis for it: notices push it, looks confirm it,
/// and a loss of Redis ends it. Whatever cannot be told from here is left to the next look, and requests ask Redis until then.
/// </summary>
internal sealed class KnownVersion(IOptions<CachingOptions> options, TimeProvider time)
{
    // More than come within the time that an answer may be behind: those before are of no use.
    private const int MaximumArrivals = 32;

    private readonly TimeSpan _trust = options.Value.VersionTrust;
    private readonly Lock _lock = new();
    private long _losses;
    private long _settledLosses;

    // Replaced as a whole, so that requests read it without the lock.
    private volatile VersionKnowledge _latest = new(Version: 0, IsKnown: false, Epoch: 0, Sequence: 0, ConfirmedAt: 0, Arrivals: []);

    /// <summary>What is known; null where Redis has to be asked.</summary>
    public VersionKnowledge? Current
    {
        get
        {
            var latest = _latest;
            return latest.IsKnown && time.GetElapsedTime(latest.ConfirmedAt) <= _trust ? latest : null;
        }
    }

    /// <summary>Grows with all that is learnt here, and with each loss.</summary>
    public long Sequence => _latest.Sequence;

    /// <summary>The losses so far.</summary>
    public long Losses => Volatile.Read(ref _losses);

    /// <summary>
    /// Whether metrics may have changed in a loss without a new version: who bumps it may not have come to it yet, and Redis has
    /// answers of before. The version has to be bumped from here.
    /// </summary>
    public bool IsInDoubt => Volatile.Read(ref _losses) != Volatile.Read(ref _settledLosses);

    /// <summary>
    /// A version came that Redis has: in a notice, or as the answer to a bump by this process, whose own requests see it from
    /// here on.
    /// </summary>
    public void Advance(long version)
    {
        lock (_lock)
        {
            if (version >= _latest.Version)
            {
                Take(version);
            }
            else
            {
                // Notices may overtake each other, and a Redis that lost its data counts anew: only a look can tell.
                Forget();
            }
        }
    }

    /// <summary>Redis was asked.</summary>
    /// <param name="since">The <see cref="Sequence"/> before it was.</param>
    /// <param name="version">What it said.</param>
    public void Looked(long since, long version)
    {
        lock (_lock)
        {
            // What came meanwhile is newer than an answer that differs from it.
            if (_latest.Sequence == since || (_latest.IsKnown && version >= _latest.Version))
            {
                Take(version);
            }
        }
    }

    /// <summary>
    /// Redis does not answer, or did not take a bump: metrics may change, and nothing would be heard of it. What was answered
    /// before is not used again.
    /// </summary>
    public void Lose()
    {
        lock (_lock)
        {
            _losses++;
            Forget();
        }
    }

    /// <summary>The version was bumped after losses.</summary>
    /// <param name="losses">The number of <see cref="Losses"/> before it was.</param>
    public void Settle(long losses)
    {
        lock (_lock)
        {
            _settledLosses = Math.Max(_settledLosses, losses);
        }
    }

    private void Take(long version)
    {
        var (latest, now) = (_latest, time.GetTimestamp());
        if (latest.IsKnown && version == latest.Version)
        {
            _latest = latest with { ConfirmedAt = now };
            return;
        }

        // A smaller one is that of a Redis without the old data: its numbers come again, and must not meet old answers.
        var isNew = latest.IsKnown && version > latest.Version;
        var arrivals = isNew ? latest.Arrivals : [];
        _latest = new(
            version,
            IsKnown: true,
            latest.Epoch + (version < latest.Version ? 1 : 0),
            latest.Sequence + 1,
            now,
            [.. arrivals.Skip(arrivals.Length - MaximumArrivals + 1), new(version, now)]);
    }

    private void Forget()
    {
        var latest = _latest;
        _latest = latest with { IsKnown = false, Epoch = latest.Epoch + 1, Sequence = latest.Sequence + 1, Arrivals = [] };
    }
}
