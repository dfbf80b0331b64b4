using PulseBoard.Dashboard.Caching;

namespace PulseBoard.Tests.Dashboard.Caching;

public sealed class CoalescerTests
{
    [Fact]
    public async Task Who_comes_while_one_computes_shares_the_next_and_no_more_than_one_runs()
    {
        var (begun, running, most) = (0, 0, 0);
        var gate = new TaskCompletionSource();
        var coalescer = new Coalescer<int>(ComputeAsync);

        var first = coalescer.GetAsync(CancellationToken.None);
        await Eventually.BecomesAsync("the first to compute", () => Task.FromResult(Volatile.Read(ref begun)), count => count == 1);
        var crowd = Enumerable.Range(0, 50).Select(_ => coalescer.GetAsync(CancellationToken.None)).ToArray();
        gate.SetResult();

        Assert.Equal(1, await first);
        Assert.All(await Task.WhenAll(crowd), result => Assert.Equal(2, result));
        Assert.Equal(1, most);
        Assert.Equal(3, await coalescer.GetAsync(CancellationToken.None));

        async Task<int> ComputeAsync()
        {
            var number = Interlocked.Increment(ref begun);
            most = Math.Max(most, Interlocked.Increment(ref running));
            await gate.Task;
            Interlocked.Decrement(ref running);
            return number;
        }
    }

    [Fact]
    public async Task A_failure_is_for_those_who_shared_it_and_who_leaves_ends_nothing()
    {
        var gate = new TaskCompletionSource();
        var fails = true;
        var coalescer = new Coalescer<int>(async () =>
        {
            var fail = fails;
            fails = false;
            await gate.Task;
            return fail ? throw new TimeoutException() : 7;
        });
        using var impatient = new CancellationTokenSource();

        var failing = coalescer.GetAsync(CancellationToken.None);
        await Eventually.BecomesAsync("the first to compute", () => Task.FromResult(Volatile.Read(ref fails)), left => !left);
        var (leaving, staying) = (coalescer.GetAsync(impatient.Token), coalescer.GetAsync(CancellationToken.None));
        await impatient.CancelAsync();
        gate.SetResult();

        await Assert.ThrowsAsync<TimeoutException>(() => failing);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        Assert.Equal(7, await staying);
    }
}
