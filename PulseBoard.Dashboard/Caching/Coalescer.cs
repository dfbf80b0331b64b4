namespace PulseBoard.Dashboard.Caching;

/// <summary>
/// One computation at a time for all who ask: who comes while one is under way shares the next, so that nobody's answer is older than the
/// question, and a crowd costs no more than two.
/// </summary>
/// <typeparam name="T">The result.</typeparam>
/// <param name="compute">Runs for everyone who waits.</param>
internal sealed class Coalescer<T>(Func<Task<T>> compute)
{
    private readonly Lock _lock = new();
    private Task<T>? _running;
    private Task<T>? _next;

    /// <summary>The result of a computation that begins from now on.</summary>
    /// <param name="cancellationToken">Ends this caller's wait only.</param>
    public Task<T> GetAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            // One that is about to follow has not begun: the end of the one before does not make room for a third.
            if (_next is null && _running is not { IsCompleted: false })
            {
                _running = Task.Run(compute, CancellationToken.None);
                return _running.WaitAsync(cancellationToken);
            }

            _next ??= RunAfterAsync(_running!);
            return _next.WaitAsync(cancellationToken);
        }
    }

    private async Task<T> RunAfterAsync(Task running)
    {
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        Task<T> begun;
        lock (_lock)
        {
            // From here on it is too late to share it.
            (_running, _next) = (_next, null);
            begun = Task.Run(compute, CancellationToken.None);
        }

        return await begun;
    }
}
