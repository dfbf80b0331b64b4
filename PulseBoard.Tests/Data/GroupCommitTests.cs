using System.Diagnostics;
using PulseBoard.Data;

namespace PulseBoard.Tests.Data;

public sealed class GroupCommitTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task What_waits_while_a_commit_is_under_way_is_committed_together()
    {
        var queue = new GroupCommit<int, int>(capacity: 100, groupSize: 10);
        var groups = new List<int[]>();
        var firstIsUnderWay = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var running = queue.RunAsync(writers: 1, CommitAsync);

        var first = Submit(queue, 0);
        await firstIsUnderWay.Task.WaitAsync(Limit);
        var others = Enumerable.Range(1, 15).Select(item => Submit(queue, item)).ToArray();
        release.SetResult();

        Assert.Equal(0, await first.WaitAsync(Limit));
        Assert.Equal(Enumerable.Range(1, 15).Select(item => item * 2), await Task.WhenAll(others).WaitAsync(Limit));
        Assert.Equal([1, 10, 5], groups.Select(group => group.Length));
        queue.Complete();
        await running.WaitAsync(Limit);

        async Task<IReadOnlyList<int>> CommitAsync(IReadOnlyList<int> items)
        {
            groups.Add([.. items]);
            firstIsUnderWay.TrySetResult();
            await release.Task;
            return [.. items.Select(item => item * 2)];
        }
    }

    [Fact]
    public async Task A_caller_that_finds_no_commit_under_way_begins_one_but_not_in_its_own_context()
    {
        var ofTheCaller = new AsyncLocal<string?>();
        var queue = new GroupCommit<int, (int Thread, string? Context)>(capacity: 10, groupSize: 10);
        var running = queue.RunAsync(writers: 1, async items =>
        {
            var begun = (Environment.CurrentManagedThreadId, ofTheCaller.Value);
            await Task.Yield();
            return [.. items.Select(_ => begun)];
        });

        ofTheCaller.Value = "a request";
        var thread = Environment.CurrentManagedThreadId;
        Assert.True(queue.TrySubmit(1, out var submitted));

        Assert.Equal((thread, null), await submitted.WaitAsync(Limit));
        queue.Complete();
        await running.WaitAsync(Limit);
    }

    [Fact]
    public async Task Another_commit_begins_beside_one_that_is_under_way_only_for_a_whole_group()
    {
        var queue = new GroupCommit<int, int>(capacity: 100, groupSize: 3, patience: Limit);
        var groups = new List<int[]>();
        var release = new TaskCompletionSource();
        var running = queue.RunAsync(writers: 2, async items =>
        {
            groups.Add([.. items]);
            await release.Task;
            return items;
        });

        // Each commit begins within the call that submits its last item.
        Task[] submitted = [Submit(queue, 1), Submit(queue, 2), Submit(queue, 3)];
        Assert.Equal([[1]], groups);
        submitted = [.. submitted, Submit(queue, 4)];
        Assert.Equal([[1], [2, 3, 4]], groups);
        submitted = [.. submitted, Submit(queue, 5), Submit(queue, 6), Submit(queue, 7)];
        Assert.Equal(2, groups.Count);

        release.SetResult();
        await Task.WhenAll(submitted).WaitAsync(Limit);
        queue.Complete();
        await running.WaitAsync(Limit);
    }

    [Fact]
    public async Task What_waits_for_a_commit_that_is_held_up_is_committed_beside_it()
    {
        var queue = new GroupCommit<int, int>(capacity: 10, groupSize: 10);
        var heldUp = new TaskCompletionSource();
        var running = queue.RunAsync(writers: 2, async items =>
        {
            await (items[0] == 1 ? heldUp.Task : Task.CompletedTask);
            return items;
        });

        var first = Submit(queue, 1);
        Assert.Equal(2, await Submit(queue, 2).WaitAsync(Limit));
        Assert.Equal(3, await Submit(queue, 3).WaitAsync(Limit));
        Assert.False(first.IsCompleted);

        heldUp.SetResult();
        Assert.Equal(1, await first.WaitAsync(Limit));
        queue.Complete();
        await running.WaitAsync(Limit);
    }

    [Fact]
    public async Task A_caller_that_goes_on_for_long_holds_up_neither_the_next_commit_nor_its_callers()
    {
        var queue = new GroupCommit<int, int>(capacity: 10, groupSize: 10);
        var commits = new Queue<TaskCompletionSource>([new(), new()]);
        TaskCompletionSource[] ends = [.. commits];
        var running = queue.RunAsync(writers: 1, async items =>
        {
            await commits.Dequeue().Task;
            return items;
        });
        using var goOn = new ManualResetEventSlim();
        var goesOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = Submit(queue, 1).ContinueWith(
            _ =>
            {
                goesOn.SetResult();
                return goOn.Wait(Limit);
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        var second = Submit(queue, 2);

        // The second commit has begun when the first one's caller goes on.
        var telling = Task.Run(() => ends[0].SetResult());
        await goesOn.Task.WaitAsync(Limit);
        ends[1].SetResult();
        Assert.Equal(2, await second.WaitAsync(Limit));
        queue.Complete();
        Assert.False(running.IsCompleted);

        goOn.Set();
        Assert.True(await first.WaitAsync(Limit));
        await running.WaitAsync(Limit);
        await telling.WaitAsync(Limit);
    }

    [Fact]
    public async Task Every_caller_is_answered_whatever_the_threads_do()
    {
        const int Callers = 16;
        const int Submits = 2_000;

        var queue = new GroupCommit<int, int>(capacity: Callers, groupSize: 5);
        var underWay = 0;
        var most = 0;
        var running = queue.RunAsync(writers: 2, async items =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref underWay));
            if (items[0] % 3 != 0)
            {
                await Task.Yield();
            }

            Interlocked.Decrement(ref underWay);
            return [.. items.Select(item => -item)];
        });

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < Submits; i++)
            {
                var item = (caller * Submits) + i;
                Assert.Equal(-item, await Submit(queue, item).WaitAsync(Limit));
            }
        })));

        queue.Complete();
        await running.WaitAsync(Limit);
        Assert.InRange(most, 1, 2);
    }

    [Fact]
    public async Task A_commit_that_does_not_answer_every_item_fails_its_callers_and_not_the_next_ones()
    {
        var queue = new GroupCommit<int, int>(capacity: 10, groupSize: 10);
        var running = queue.RunAsync(writers: 1, items => Task.FromResult<IReadOnlyList<int>>(items[0] < 0 ? [] : [.. items]));

        await Assert.ThrowsAsync<InvalidOperationException>(() => Submit(queue, -1).WaitAsync(Limit));
        Assert.Equal(5, await Submit(queue, 5).WaitAsync(Limit));
        queue.Complete();
        await running.WaitAsync(Limit);
    }

    [Fact]
    public async Task A_commit_takes_items_until_they_weigh_enough()
    {
        var queue = new GroupCommit<int, int>(capacity: 100, groupSize: 10, weight: item => item);
        var groups = new List<int[]>();
        int[] items = [4, 5, 6, 12, 1, 1];
        Task[] submitted = [.. items.Select(item => Submit(queue, item))];

        queue.Complete();
        await queue.RunAsync(writers: 1, group =>
        {
            groups.Add([.. group]);
            return Task.FromResult(group);
        }).WaitAsync(Limit);

        await Task.WhenAll(submitted).WaitAsync(Limit);
        Assert.Equal([[4, 5, 6], [12], [1, 1]], groups);
    }

    [Fact]
    public void A_full_queue_refuses()
    {
        var queue = new GroupCommit<int, int>(capacity: 2, groupSize: 10);

        Assert.True(queue.TrySubmit(1, out _));
        Assert.True(queue.TrySubmit(2, out _));
        Assert.False(queue.TrySubmit(3, out _));
        Assert.Equal(2, queue.Waiting);
    }

    [Fact]
    public async Task A_commit_that_fails_fails_its_callers_and_not_the_next_ones()
    {
        var queue = new GroupCommit<int, int>(capacity: 10, groupSize: 1);
        var running = queue.RunAsync(writers: 1, items => items[0] < 0
            ? Task.FromException<IReadOnlyList<int>>(new InvalidOperationException("no"))
            : Task.FromResult<IReadOnlyList<int>>([items[0]]));

        await Assert.ThrowsAsync<InvalidOperationException>(() => Submit(queue, -1).WaitAsync(Limit));
        Assert.Equal(5, await Submit(queue, 5).WaitAsync(Limit));
        queue.Complete();
        await running.WaitAsync(Limit);
    }

    [Fact]
    public async Task A_listener_that_fails_when_the_span_starts_costs_the_span_and_not_the_commit()
    {
        using var source = new ActivitySource($"test-{Guid.NewGuid():N}");
        using var listener = Listen(source);
        listener.ActivityStarted = _ => FailIf(true);
        var queue = new GroupCommit<int, int>(capacity: 10, groupSize: 1, source);
        var running = queue.RunAsync(writers: 1, items => Task.FromResult<IReadOnlyList<int>>([.. items]));

        Assert.Equal(1, await Submit(queue, 1).WaitAsync(Limit));
        Assert.Equal(2, await Submit(queue, 2).WaitAsync(Limit));
        queue.Complete();
        await running.WaitAsync(Limit);
    }

    [Fact]
    public async Task A_listener_that_fails_when_the_span_ends_harms_neither_the_callers_nor_the_writer()
    {
        using var source = new ActivitySource($"test-{Guid.NewGuid():N}");
        using var listener = Listen(source);
        listener.ActivityStopped = _ => FailIf(true);
        var queue = new GroupCommit<int, int>(capacity: 10, groupSize: 1, source);
        var running = queue.RunAsync(writers: 1, items => Task.FromResult<IReadOnlyList<int>>([.. items]));

        Assert.Equal(1, await Submit(queue, 1).WaitAsync(Limit));
        Assert.Equal(2, await Submit(queue, 2).WaitAsync(Limit));
        queue.Complete();
        await running.WaitAsync(Limit);
    }

    [Fact]
    public async Task What_waits_when_the_queue_is_completed_is_still_committed()
    {
        var queue = new GroupCommit<int, int>(capacity: 10, groupSize: 3);
        var waiting = Enumerable.Range(0, 7).Select(item => Submit(queue, item)).ToArray();
        queue.Complete();

        await queue.RunAsync(writers: 2, items => Task.FromResult<IReadOnlyList<int>>([.. items])).WaitAsync(Limit);

        Assert.Equal(Enumerable.Range(0, 7), await Task.WhenAll(waiting));
        Assert.False(queue.TrySubmit(8, out _));
    }

    private static ActivityListener Listen(ActivitySource source)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = heard => heard == source,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static void FailIf(bool failing)
    {
        if (failing)
        {
            throw new InvalidOperationException("The listener fails.");
        }
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen;)
        {
            seen = Interlocked.CompareExchange(ref most, value, seen) is var other && other == seen ? value : other;
        }
    }

    private static Task<int> Submit(GroupCommit<int, int> queue, int item)
    {
        Assert.True(queue.TrySubmit(item, out var result));
        return result;
    }
}
