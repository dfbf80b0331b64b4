using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace PulseBoard.Data;

/// <summary>
/// Group commit: callers submit one item each and wait; whatever waits, up to a limit, is committed together, and each caller gets
/// its own result. A lone item is committed at once, for nobody waits for company; under load the groups grow by themselves, since
/// items gather while commits are under way.
///
/// It has no threads of its own. A caller that finds no commit under way begins one itself; who comes later only waits. When a
/// commit ends, its thread begins the next one and then lets its callers go on, one after the other: a change of thread costs more
/// than most of what is done between two of them. Another commit begins beside one that is under way only for a whole group, since
/// what a commit costs is mostly its own and not its items', or when something has waited so long that the one under way must be
/// held up.
/// </summary>
/// <typeparam name="TItem">What a caller submits.</typeparam>
/// <typeparam name="TResult">What becomes of one item.</typeparam>
public sealed class GroupCommit<TItem, TResult>
{
    // Many times what a commit takes.
    private static readonly TimeSpan UsualPatience = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private readonly Queue<Entry> _waiting = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _capacity;
    private readonly int _groupSize;
    private readonly Func<TItem, int>? _weight;
    private readonly TimeSpan _patience;
    private readonly ActivitySource? _source;
    private readonly string _spanName;

    // Set when something begins to wait, and again whenever a commit has left something waiting: while commits end in time it is
    // never due.
    private readonly ITimer _heldUp;

    private Commit? _commit;
    private ExecutionContext? _context;
    private long _waitingWeight;
    private int _writers;
    private int _busyWriters;
    private int _groupsToTell;
    private bool _completed;

    /// <summary>Makes an empty queue; nothing is committed before <see cref="RunAsync"/>.</summary>
    /// <param name="capacity">How many items may wait; more are refused, so that memory stays bounded.</param>
    /// <param name="groupSize">
    /// A commit takes items until they weigh this much: it is over it by less than one item. Without <paramref name="weight"/> it
    /// is the most items in one commit.
    /// </param>
    /// <param name="source">
    /// Where each commit has a span, which is current while the commit runs: in the trace of its first caller, and linked with the
    /// others. Null for none.
    /// </param>
    /// <param name="spanName">The name of that span.</param>
    /// <param name="weight">What an item weighs, 1 or more; null where each weighs 1.</param>
    /// <param name="patience">How long an item waits for commits that are held up; 50 ms by default.</param>
    public GroupCommit(
        int capacity,
        int groupSize,
        ActivitySource? source = null,
        string spanName = "commit",
        Func<TItem, int>? weight = null,
        TimeSpan? patience = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(groupSize, 1);

        (_capacity, _groupSize, _source, _spanName, _weight) = (capacity, groupSize, source, spanName, weight);
        _patience = patience ?? UsualPatience;
        _heldUp = TimeProvider.System.CreateTimer(_ => BeginIfHeldUp(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Commits a group: one result per item, in the same order. What it throws, every caller of the group gets.</summary>
    /// <param name="items">At least one item, oldest first.</param>
    public delegate Task<IReadOnlyList<TResult>> Commit(IReadOnlyList<TItem> items);

    /// <summary>How many items wait for a writer.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Submits an item, unless the queue is full or completed.</summary>
    /// <param name="item">The item.</param>
    /// <param name="result">
    /// Ends when the item's commit has ended. What follows on it runs on the commit's thread, and must not block.
    /// </param>
    /// <returns>False when the item was not taken.</returns>
    public bool TrySubmit(TItem item, [NotNullWhen(true)] out Task<TResult>? result)
    {
        result = null;
        List<Entry>? group;
        lock (_lock)
        {
            if (_completed || _waiting.Count == _capacity)
            {
                return false;
            }

            var entry = new Entry(item, _weight?.Invoke(item) ?? 1, _source is null ? null : Activity.Current);
            _waiting.Enqueue(entry);
            _waitingWeight += entry.Weight;
            result = entry.Completion.Task;
            group = TryBecomeWriter();
            if (_waiting.Count == 1)
            {
                WatchForHoldUp();
            }
        }

        if (group is not null)
        {
            Write(group);
        }

        return true;
    }

    /// <summary>Takes no more items. What waits is still committed.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _completed = true;
            EndIfDone();
        }
    }

    /// <summary>Commits from now on. Called once.</summary>
    /// <param name="writers">How many commits may be under way at once.</param>
    /// <param name="commit">Commits one group.</param>
    /// <returns>Ends when the queue is completed and empty.</returns>
    public Task RunAsync(int writers, Commit commit)
    {
        lock (_lock)
        {
            // Commits run in this context and not in their callers': no span of theirs is current in it.
            (_commit, _context, _writers) = (commit, ExecutionContext.Capture(), writers);
            EndIfDone();
        }

        while (true)
        {
            List<Entry>? group;
            lock (_lock)
            {
                group = TryBecomeWriter();
            }

            if (group is null)
            {
                return _ended.Task;
            }

            Write(group);
        }
    }

    private void WatchForHoldUp()
    {
        if (_busyWriters < _writers)
        {
            _heldUp.Change(_patience, Timeout.InfiniteTimeSpan);
        }
    }

    private void BeginIfHeldUp()
    {
        List<Entry>? group;
        lock (_lock)
        {
            group = TryBecomeWriter(heldUp: true);
        }

        if (group is not null)
        {
            Write(group);
        }
    }

    private List<Entry>? TryBecomeWriter(bool heldUp = false)
    {
        var enough = _busyWriters == 0 || heldUp ? 1 : _groupSize;
        if (_busyWriters == _writers || _waitingWeight < enough)
        {
            return null;
        }

        _busyWriters++;
        return Take();
    }

    // Null when nothing waits: then there is one writer less. The group of the commit that has just ended is to be told.
    private List<Entry>? TakeOrRest()
    {
        lock (_lock)
        {
            _groupsToTell++;
            if (_waiting.Count > 0)
            {
                return Take();
            }

            _busyWriters--;
            return null;
        }
    }

    private List<Entry> Take()
    {
        var group = new List<Entry>();
        for (var weight = 0; weight < _groupSize && _waiting.TryDequeue(out var entry);)
        {
            group.Add(entry);
            weight += entry.Weight;
            _waitingWeight -= entry.Weight;
        }

        if (_waiting.Count > 0)
        {
            WatchForHoldUp();
        }

        return group;
    }

    private void EndIfDone()
    {
        if (_completed && _commit is not null && _waiting.Count == 0 && _busyWriters == 0 && _groupsToTell == 0)
        {
            _heldUp.Dispose();
            _ended.TrySetResult();
        }
    }

    private void Write(List<Entry> group)
    {
        if (_context is { } context)
        {
            ExecutionContext.Run(context, _ => Begin(), null);
        }
        else
        {
            Begin();
        }

        void Begin() => _ = WriteAsync(group, CommitAsync(group));
    }

    private async Task WriteAsync(List<Entry> group, Task<Outcome> committing)
    {
        while (true)
        {
            var outcome = await committing;

            // The next commit first: Postgres works on it while the callers of this one go on.
            var next = TakeOrRest();
            if (next is not null)
            {
                committing = CommitAsync(next);
                if (!committing.IsCompleted)
                {
                    // It goes on by itself. What the callers do may take longer than the commit, and nobody else is to wait for it.
                    _ = WriteAsync(next, committing);
                    next = null;
                }
            }

            Tell(group, outcome);
            if (next is null)
            {
                return;
            }

            group = next;
        }
    }

    private void Tell(List<Entry> group, Outcome outcome)
    {
        outcome.Tell(group);
        lock (_lock)
        {
            _groupsToTell--;
            EndIfDone();
        }
    }

    private async Task<Outcome> CommitAsync(List<Entry> group)
    {
        Outcome? outcome = null;
#pragma warning disable CA1031 // Whatever it is, it belongs to the callers, and the writer must go on for the next ones.
        try
        {
            using var span = Start(group);
            try
            {
                var results = await _commit!(group.ConvertAll(entry => entry.Item));
                outcome = results.Count == group.Count
                    ? new(results)
                    : throw new InvalidOperationException($"The commit of {group.Count} items gave {results.Count} results.");
            }
            catch (Exception exception)
            {
                outcome = new(exception);
                span?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", exception.GetType().FullName).AddException(exception);
            }
        }
        catch (Exception) when (outcome is not null)
        {
            // The span calls its listeners when it ends, and one of them failed. What became of the commit is as it was.
        }

        return outcome.Value;
    }

    private Activity? Start(List<Entry> group)
    {
        try
        {
            return _source is null ? null : GroupSpan.Start(_source, _spanName, group.ConvertAll(entry => entry.Caller));
        }
        catch (Exception)
        {
            // One of its listeners failed. A commit without a span is a commit.
            return null;
        }
    }
#pragma warning restore CA1031

    private readonly struct Outcome
    {
        private readonly IReadOnlyList<TResult>? _results;
        private readonly Exception? _exception;

        public Outcome(IReadOnlyList<TResult> results) => _results = results;

        public Outcome(Exception exception) => _exception = exception;

        public void Tell(List<Entry> group)
        {
            for (var i = 0; i < group.Count; i++)
            {
                if (_results is not null)
                {
                    group[i].Completion.SetResult(_results[i]);
                }
                else
                {
                    group[i].Completion.SetException(_exception!);
                }
            }
        }
    }

    private sealed class Entry(TItem item, int weight, Activity? caller)
    {
        public TItem Item { get; } = item;

        public int Weight { get; } = weight;

        public Activity? Caller { get; } = caller;

        public TaskCompletionSource<TResult> Completion { get; } = new();
    }
}
