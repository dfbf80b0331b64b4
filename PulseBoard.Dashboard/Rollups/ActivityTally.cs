namespace PulseBoard.Dashboard.Rollups;

/// <summary>
/// What an answer adds up. The reader tells it who did what, and it says where that is added; what it need not know, the reader need
/// not read.
/// </summary>
internal abstract class ActivityTally(int buckets)
{
    /// <summary>How many buckets its lanes have.</summary>
    protected int Buckets => buckets;

    /// <summary>Whether it matters who acted.</summary>
    public virtual bool NeedsPeople => false;

    /// <summary>Whether it matters which type an event has, beyond tasks that are created and completed.</summary>
    public virtual bool NeedsTypes => false;

    /// <summary>Where something is added.</summary>
    /// <param name="user">Who acted; empty where that does not matter.</param>
    /// <param name="type">The type's id; zero where that does not matter.</param>
    public abstract Lanes Of(string user, int type);

    /// <summary>All that one row has of a person was added; there may be more in other rows.</summary>
    public virtual void EndRow(string user)
    {
    }
}

/// <summary>Numbers of an answer, one for each bucket.</summary>
internal sealed class Lanes(int buckets)
{
    public long[] Events { get; } = new long[buckets];

    public long[] Created { get; } = new long[buckets];

    public long[] Completed { get; } = new long[buckets];
}

/// <summary>Everything together.</summary>
internal sealed class OverallTally(int buckets) : ActivityTally(buckets)
{
    public Lanes Lanes { get; } = new(buckets);

    public override Lanes Of(string user, int type) => Lanes;
}

/// <summary>By type.</summary>
internal sealed class TypeTally(int buckets) : ActivityTally(buckets)
{
    public Dictionary<int, Lanes> Types { get; } = [];

    public override bool NeedsTypes => true;

    public override Lanes Of(string user, int type)
    {
        if (!Types.TryGetValue(type, out var lanes))
        {
            Types.Add(type, lanes = new(Buckets));
        }

        return lanes;
    }
}

/// <summary>By person, or by what a person belongs to.</summary>
/// <param name="buckets">How many buckets there are.</param>
/// <param name="keyOf">What of a person their activity is added to; null for the person.</param>
internal sealed class PersonTally(int buckets, Func<string, string>? keyOf = null) : ActivityTally(buckets)
{
    private string? _user;
    private Lanes? _lanes;

    public Dictionary<string, Lanes> People { get; } = new(StringComparer.Ordinal);

    public override bool NeedsPeople => true;

    public override Lanes Of(string user, int type)
    {
        // Called for each type of a row in turn.
        if (_lanes is not null && ReferenceEquals(user, _user))
        {
            return _lanes;
        }

        var key = keyOf is null ? user : keyOf(user);
        if (!People.TryGetValue(key, out var lanes))
        {
            People.Add(key, lanes = new(Buckets));
        }

        (_user, _lanes) = (user, lanes);
        return lanes;
    }
}

/// <summary>Who was active in which bucket: a bit each, since a number each would be too much for many people and hours.</summary>
internal sealed class PresenceTally(int buckets) : ActivityTally(buckets)
{
    private const int Bits = 64;

    private readonly Lanes _row = new(buckets);

    // Numbers of those of whom a recomputation takes something back that is not compacted yet: a bit cannot be made smaller.
    private readonly Dictionary<string, long[]> _takenBack = new(StringComparer.Ordinal);

    /// <summary>A bit for each bucket, by person.</summary>
    public Dictionary<string, ulong[]> People { get; } = new(StringComparer.Ordinal);

    public override bool NeedsPeople => true;

    public override Lanes Of(string user, int type) => _row;

    public override void EndRow(string user)
    {
        if (!_row.Events.AsSpan().ContainsAnyExcept(0))
        {
            return;
        }

        if (!People.TryGetValue(user, out var present))
        {
            People.Add(user, present = new ulong[(Buckets + Bits - 1) / Bits]);
        }

        var events = WithTakenBack(user);
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            if (events[bucket] > 0)
            {
                present[bucket / Bits] |= 1UL << (bucket % Bits);
            }
        }

        Array.Clear(_row.Events);
    }

    /// <summary>The row's numbers, with those before it where something was taken back. What is not compacted comes first, so that no bit is set too early.</summary>
    private long[] WithTakenBack(string user)
    {
        if (!_takenBack.TryGetValue(user, out var sums))
        {
            if (!_row.Events.AsSpan().ContainsAnyInRange(long.MinValue, -1))
            {
                return _row.Events;
            }

            _takenBack.Add(user, sums = new long[Buckets]);
        }

        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            sums[bucket] += _row.Events[bucket];
        }

        return sums;
    }

    /// <summary>How many of some people were active in each bucket, and at all.</summary>
    public (long[] PerBucket, long Total) Count(Func<string, bool>? who = null)
    {
        var (counts, total) = (new long[Buckets], 0L);
        foreach (var (_, present) in People.Where(person => who is null || who(person.Key)))
        {
            total += present.AsSpan().ContainsAnyExcept(0UL) ? 1 : 0;
            for (var bucket = 0; bucket < Buckets; bucket++)
            {
                counts[bucket] += (long)(present[bucket / Bits] >> (bucket % Bits)) & 1;
            }
        }

        return (counts, total);
    }
}
