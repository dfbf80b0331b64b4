using PulseBoard.Contracts;

namespace PulseBoard.Dashboard.Live;

/// <summary>
/// The last changes that were told, in a ring. A position is how many had been told by then; positions are of this process alone,
/// versions are everybody's. Not for several threads at once.
/// </summary>
internal sealed class ChangeHistory(int capacity)
{
    private readonly (long? Version, MetricsChange Change)[] _ring = new (long?, MetricsChange)[capacity];

    /// <summary>How many changes were told.</summary>
    public long Position { get; private set; }

    private long Oldest => Math.Max(0, Position - _ring.Length);

    /// <summary>Remembers a change.</summary>
    /// <param name="version">The version that it was told with, if any.</param>
    /// <param name="change">What it was.</param>
    public void Add(long? version, MetricsChange change)
    {
        _ring[Position % _ring.Length] = (version, change);
        Position++;
    }

    /// <summary>Where a version was told, or null where that is forgotten or never was.</summary>
    /// <remarks>
    /// Versions are found by being equal, since one that is lower need not be earlier: it may be of a Redis that lost its data. Of
    /// several the first one, which is where whoever knows the version stands at the least.
    /// </remarks>
    public long? Find(long version)
    {
        for (var position = Oldest; position < Position; position++)
        {
            if (_ring[position % _ring.Length].Version == version)
            {
                return position + 1;
            }
        }

        return null;
    }

    /// <summary>All changes from a position on, as one.</summary>
    /// <param name="position">Null where it is not known.</param>
    public MetricsChange Since(long? position)
    {
        if (position is not { } known || known < Oldest)
        {
            return MetricsChange.Everything;
        }

        var change = MetricsChange.Nothing;
        for (; known < Position; known++)
        {
            change = change.Merge(_ring[known % _ring.Length].Change);
        }

        return change;
    }
}
