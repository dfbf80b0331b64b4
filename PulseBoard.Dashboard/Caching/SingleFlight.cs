using System.Collections.Concurrent;

namespace PulseBoard.Dashboard.Caching;

/// <summary>
/// One computation per key at a time: callers that come while it is under way share its result. Without it, all requests that
/// find an entry gone compute it at once (a cache stampede).
/// </summary>
/// <typeparam name="TKey">What is computed.</typeparam>
/// <typeparam name="T">The result.</typeparam>
internal sealed class SingleFlight<TKey, T>
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Lazy<Task<T>>> _flights = new();

    /// <summary>Computes, or joins who does.</summary>
    /// <param name="key">What is computed.</param>
    /// <param name="compute">Runs for everyone who waits, so it must not end with one caller's cancellation.</param>
    /// <param name="cancellationToken">Ends this caller's wait only.</param>
    public Task<T> RunAsync(TKey key, Func<Task<T>> compute, CancellationToken cancellationToken)
    {
        // Lazy, since GetOrAdd may run its factory for several callers, and only one of these may compute.
        var flight = _flights.GetOrAdd(key, key => new Lazy<Task<T>>(() => ComputeAsync(key, compute)));
        return flight.Value.WaitAsync(cancellationToken);
    }

    private async Task<T> ComputeAsync(TKey key, Func<Task<T>> compute)
    {
        // Off the caller's stack: were the computation to end synchronously, the key would be removed before it is added.
        await Task.Yield();
        try
        {
            return await compute();
        }
        finally
        {
            _flights.TryRemove(key, out _);
        }
    }
}
