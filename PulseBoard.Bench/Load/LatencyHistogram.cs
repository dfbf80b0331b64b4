using System.Numerics;

namespace PulseBoard.Bench.Load;

/// <summary>
/// Durations, counted in buckets whose width grows with the duration: log-linear, so that every percentile is within 1 % of the
/// exact one, however long the tail, at the cost of one increment. The unit is the tick of <see cref="TimeSpan"/>, 100 ns.
/// </summary>
internal sealed class LatencyHistogram
{
    // Each power of two is cut into so many buckets: none is wider than 1/128 of its durations.
    private const int BucketBits = 7;

    // 2^40 ticks are 30 hours: more than any run.
    private const int MaximumBits = 40;
    private const long MaximumTicks = (1L << MaximumBits) - 1;

    private readonly long[] _counts = new long[IndexOf(MaximumTicks) + 1];

    /// <summary>How many durations were recorded.</summary>
    public long Count { get; private set; }

    /// <summary>The longest one, exactly.</summary>
    public TimeSpan Max { get; private set; }

    /// <summary>Counts a duration. Below zero counts as zero.</summary>
    public void Record(TimeSpan duration)
    {
        _counts[IndexOf(Math.Clamp(duration.Ticks, 0, MaximumTicks))]++;
        Count++;
        Max = duration > Max ? duration : Max;
    }

    /// <summary>Adds what another histogram counted.</summary>
    public void Add(LatencyHistogram other)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }

        Count += other.Count;
        Max = other.Max > Max ? other.Max : Max;
    }

    /// <summary>The duration that a share of all did not exceed (nearest rank): the upper end of its bucket. Zero when there are none.</summary>
    /// <param name="share">Above 0, at most 1.</param>
    public TimeSpan At(double share)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        var passed = 0L;
        for (var i = 0; i < _counts.Length && Count > 0; i++)
        {
            passed += _counts[i];
            if (passed >= rank)
            {
                return TimeSpan.FromTicks(Math.Min(UpperEnd(i), Max.Ticks));
            }
        }

        return TimeSpan.Zero;
    }

    // The first two powers of two that fill BucketBits are exact; above them the low bits are dropped.
    private static int IndexOf(long ticks)
    {
        var dropped = Math.Max(0, BitOperations.Log2((ulong)ticks) - BucketBits);
        return (dropped << BucketBits) + (int)(ticks >> dropped);
    }

    private static long UpperEnd(int index)
    {
        var dropped = Math.Max(0, (index >> BucketBits) - 1);
        return ((index - (dropped << BucketBits) + 1L) << dropped) - 1;
    }
}
