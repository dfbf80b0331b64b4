using PulseBoard.Data.Rollups;

namespace PulseBoard.Dashboard.Rollups;

/// <summary>Cycle times of some tasks, by bin.</summary>
internal sealed class CycleHistogram
{
    private readonly Dictionary<int, long> _bins = [];

    /// <summary>How many tasks.</summary>
    public long Count { get; private set; }

    public void Add(int bin, long tasks)
    {
        _bins[bin] = _bins.GetValueOrDefault(bin) + tasks;
        Count += tasks;
    }

    /// <summary>Adds those of others.</summary>
    public void Add(CycleHistogram others)
    {
        foreach (var (bin, tasks) in others._bins)
        {
            Add(bin, tasks);
        }
    }

    /// <summary>The time of the ceil(q n)-th shortest, in seconds; null where there is none.</summary>
    public double? Quantile(double q)
    {
        if (Count == 0)
        {
            return null;
        }

        var rank = Math.Max(1, (long)Math.Ceiling(q * Count));
        var seen = 0L;
        foreach (var (bin, tasks) in _bins.OrderBy(bin => bin.Key))
        {
            seen += tasks;
            if (seen >= rank)
            {
                return CycleTimeBins.Middle(bin);
            }
        }

        return null;
    }

    /// <summary>How many lie in a range of bins.</summary>
    public long Between(int first, int end) => _bins.Where(bin => bin.Key >= first && bin.Key < end).Sum(bin => bin.Value);
}
