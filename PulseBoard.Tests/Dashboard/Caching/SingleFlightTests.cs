using PulseBoard.Dashboard.Caching;

namespace PulseBoard.Tests.Dashboard.Caching;

public sealed class SingleFlightTests
{
    [Fact]
    public async Task Callers_at_the_same_time_share_one_computation()
    {
        var flights = new SingleFlight<string, int>();
        var started = 0;
        var gate = new TaskCompletionSource();

        var callers = Enumerable.Range(0, 50).Select(_ => flights.RunAsync("key", ComputeAsync, CancellationToken.None)).ToArray();
        gate.SetResult();

        Assert.All(await Task.WhenAll(callers), result => Assert.Equal(1, result));

        async Task<int> ComputeAsync()
        {
            Interlocked.Increment(ref started);
            await gate.Task;
            return started;
        }
    }

    [Fact]
    public async Task A_caller_that_leaves_does_not_end_the_computation_for_the_others()
    {
        var flights = new SingleFlight<string, int>();
        var gate = new TaskCompletionSource<int>();
        using var impatient = new CancellationTokenSource();

        var leaving = flights.RunAsync("key", () => gate.Task, impatient.Token);
        var staying = flights.RunAsync("key", () => gate.Task, CancellationToken.None);
        await impatient.CancelAsync();
        gate.SetResult(7);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        Assert.Equal(7, await staying);
    }

    [Fact]
    public async Task A_failure_reaches_its_callers_and_is_not_kept()
    {
        var flights = new SingleFlight<string, int>();

        await Assert.ThrowsAsync<TimeoutException>(() => flights.RunAsync("key", () => Task.FromException<int>(new TimeoutException()), CancellationToken.None));

        Assert.Equal(1, await flights.RunAsync("key", () => Task.FromResult(1), CancellationToken.None));
    }
}
