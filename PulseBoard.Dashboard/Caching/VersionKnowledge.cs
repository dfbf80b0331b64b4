namespace PulseBoard.Dashboard.Caching;

/// <summary>What was known of the metrics version at one moment.</summary>
/// <param name="Version">The version.</param>
/// <param name="IsKnown">Whether it is, or only was.</param>
/// <param name="Epoch">Versions of different epochs have nothing to do with each other: Redis was away or lost its data between them.</param>
/// <param name="Sequence">Grows with each change.</param>
/// <param name="ConfirmedAt">When Redis said it last, a timestamp.</param>
/// <param name="Arrivals">The last versions, in their order.</param>
internal sealed record VersionKnowledge(
    long Version, bool IsKnown, long Epoch, long Sequence, long ConfirmedAt, VersionArrival[] Arrivals)
{
    /// <summary>When the version after an earlier one of this epoch came, a timestamp; null when that is too long ago.</summary>
    public long? SupersededAt(long version)
    {
        for (var i = Arrivals.Length - 2; i >= 0; i--)
        {
            if (Arrivals[i].Version <= version)
            {
                return Arrivals[i].Version == version ? Arrivals[i + 1].At : null;
            }
        }

        return null;
    }
}

/// <summary>A version came.</summary>
/// <param name="Version">The version.</param>
/// <param name="At">When, a timestamp.</param>
internal readonly record struct VersionArrival(long Version, long At);
