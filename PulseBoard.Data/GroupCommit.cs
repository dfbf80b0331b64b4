using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace PulseBoard.Data;

/// <summary>
/// Group commit: callers submit one item each and wait; writers take whatever waits, up to a limit, commit it together and
/// give each caller its own result. A lone item is committed at once, for nobody waits for company; under load the groups
/// grow by themselves, since items gather while the writers are busy.
/// </summary>
/// <typeparam name="TItem">What a caller submits.</typeparam>
/// <typeparam name="TResult">What becomes of one item.</typeparam>
public sealed class GroupCommit<TItem, TResult>
{
    private readonly Channel<Entry> _waiting;
    private readonly int _groupSize;
    private readonly Func<TItem, int>? _weight;
    private readonly ActivitySource? _source;
    private readonly string _spanName;

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
    public GroupCommit(
        int capacity, int groupSize, ActivitySource? source = null, string spanName = "commit", Func<TItem, int>? weight = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(groupSize, 1);

        (_groupSize, _source, _spanName, _weight) = (groupSize, source, spanName, weight);
        _waiting = Channel.CreateBounded<Entry>(new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.Wait });
    }

    /// <summary>Commits a group: one result per item, in the same order. What it throws, every caller of the group gets.</summary>
    /// <param name="items">At least one item, oldest first.</param>
    public delegate Task<IReadOnlyList<TResult>> Commit(IReadOnlyList<TItem> items);

    /// <summary>How many items wait for a writer.</summary>
    public int Waiting => _waiting.Reader.Count;

    /// <summary>Submits an item, unless the queue is full or completed.</summary>
    /// <param name="item">The item.</param>
    /// <param name="result">Ends when the item's commit has ended.</param>
    /// <returns>False when the item was not taken.</returns>
    public bool TrySubmit(TItem item, [NotNullWhen(true)] out Task<TResult>? result)
    {
        var entry = new Entry(item, _source is null ? null : Activity.Current);
        result = _waiting.Writer.TryWrite(entry) ? entry.Completion.Task : null;
        return result is not null;
    }

    /// <summary>Takes no more items. What waits is still committed.</summary>
    public void Complete() => _waiting.Writer.TryComplete();

    /// <summary>Commits until the queue is completed and empty.</summary>
    /// <param name="writers">How many commits may be under way at once.</param>
    /// <param name="commit">Commits one group.</param>
    public Task RunAsync(int writers, Commit commit) =>
        Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(() => WriteAsync(commit))));

    private async Task WriteAsync(Commit commit)
    {
        var group = new List<Entry>();
        while (await _waiting.Reader.WaitToReadAsync())
        {
            for (var weight = 0; weight < _groupSize && _waiting.Reader.TryRead(out var entry);)
            {
                group.Add(entry);
                weight += _weight?.Invoke(entry.Item) ?? 1;
            }

            // Another writer may have been faster.
            if (group.Count > 0)
            {
                await CommitAsync(group, commit);
                group.Clear();
            }
        }
    }

    private async Task CommitAsync(List<Entry> group, Commit commit)
    {
#pragma warning disable CA1031 // Whatever it is, it belongs to the callers, and the writer must go on for the next ones.
        try
        {
            using var span = _source is null ? null : GroupSpan.Start(_source, _spanName, group.ConvertAll(entry => entry.Caller));
            try
            {
                var results = await commit(group.ConvertAll(entry => entry.Item));
                for (var i = 0; i < group.Count; i++)
                {
                    group[i].Completion.SetResult(results[i]);
                }
            }
            catch (Exception exception)
            {
                Fail(group, exception);
                span?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", exception.GetType().FullName).AddException(exception);
            }
        }
        catch (Exception exception)
        {
            // A span calls its listeners, and one of them failed. Whoever has an answer keeps it.
            Fail(group, exception);
        }
#pragma warning restore CA1031
    }

    private static void Fail(List<Entry> group, Exception exception)
    {
        foreach (var entry in group)
        {
            entry.Completion.TrySetException(exception);
        }
    }

    private sealed class Entry(TItem item, Activity? caller)
    {
        public TItem Item { get; } = item;

        public Activity? Caller { get; } = caller;

        // Callers go on elsewhere: their continuations must not hold up the writer.
        public TaskCompletionSource<TResult> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
