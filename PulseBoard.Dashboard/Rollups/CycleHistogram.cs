using PulseBoard.Data.Rollups;

namespace PulseBoard.Dashboard.Rollups;

/// <summary>
/// Cycle times of some tasks, by bin. A few are kept as they come, and many in an array of all bins: a person's are a few dozen, and there
/// are thousands of people; a company's are hundreds of thousands.
/// </summary>
internal sealed class CycleHistogram
{
    private const int Few = 1_000;

    private List<(int Bin, int Tasks)>? _few = [];
    private long[] _bins = [];

    /// <summary>How many tasks.</summary>
    public long Count { get; private set; }

    public void Add(int bin, long tasks)
    {
        Count += tasks;
        if (_few is { Count: < Few })
        {
            _few.Add((bin, (int)tasks));
            return;
        }

        if (_few is { } few)
        {
            _few = null;
            few.ForEach(one => AddToBins(one.Bin, one.Tasks));
        }

        AddToBins(bin, tasks);
    }

    /// <summary>Adds those of others.</summary>
    public void Add(CycleHistogram others)
    {
        foreach (var (bin, tasks) in others.Bins())
        {
            Add(bin, tasks);
        }
    }

    /// <summary>The time of the ceil(q n)-th shortest, in seconds; null where there is none.</summary>
    public double? Quantile(double q)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(q * Count));
        var seen = 0L;
        foreach (var (bin, tasks) in Sorted())
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
    public long Between(int first, int end) => Bins().Where(bin => bin.Bin >= first && bin.Bin < end).Sum(bin => bin.Tasks);

    private void AddToBins(int bin, long tasks)
    {
        if (bin >= _bins.Length)
        {
            Array.Resize(ref _bins, Math.Max(bin + 1, _bins.Length * 2));
        }

        _bins[bin] += tasks;
    }

    // What was taken back comes after what it takes back, or before: a bin is right when all of it is added up.
    private IEnumerable<(int Bin, long Tasks)> Sorted() => _few is null
        ? Bins()
        : _few.GroupBy(one => one.Bin, one => one.Tasks).OrderBy(bin => bin.Key).Select(bin => (bin.Key, bin.Sum(tasks => (long)tasks)));

    private IEnumerable<(int Bin, long Tasks)> Bins() => _few is null
        ? _bins.Select((tasks, bin) => (bin, tasks)).Where(bin => bin.tasks != 0)
        : _few.Select(one => (one.Bin, (long)one.Tasks));
}
