namespace PulseBoard.Dashboard.Rollups;

/// <summary>What an answer about tasks adds up.</summary>
/// <param name="buckets">How many buckets there are.</param>
/// <param name="needsDetails">Whether it matters in which bucket a cycle time falls, and whose it is.</param>
internal sealed class TaskTally(int buckets, bool needsDetails)
{
    /// <summary>Whether it matters in which bucket a cycle time falls, and whose it is.</summary>
    public bool NeedsDetails => needsDetails;

    /// <summary>Tasks in progress before the first bucket.</summary>
    public long InProgressBefore { get; set; }

    /// <summary>Tasks created in each bucket.</summary>
    public long[] Opened { get; } = new long[buckets];

    /// <summary>Tasks that were created before, and completed in each bucket.</summary>
    public long[] Closed { get; } = new long[buckets];

    /// <summary>Tasks completed in each bucket.</summary>
    public long[] Completed { get; } = new long[buckets];

    /// <summary>Cycle times of the tasks completed in each bucket.</summary>
    public CycleHistogram[] Cycles { get; } = [.. Enumerable.Range(0, buckets).Select(_ => new CycleHistogram())];

    /// <summary>Cycle times of all of them.</summary>
    public CycleHistogram All { get; } = new();

    /// <summary>Those of each person who completed some, and how many they completed.</summary>
    public Dictionary<string, CompletedTasks> People { get; } = new(StringComparer.Ordinal);

    public CompletedTasks Of(string user)
    {
        if (!People.TryGetValue(user, out var tasks))
        {
            People.Add(user, tasks = new());
        }

        return tasks;
    }
}

/// <summary>Tasks that somebody completed.</summary>
internal sealed class CompletedTasks
{
    public long Count { get; set; }

    public CycleHistogram Cycles { get; } = new();
}
