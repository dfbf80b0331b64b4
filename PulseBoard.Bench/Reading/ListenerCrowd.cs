using System.Diagnostics;

namespace PulseBoard.Bench.Reading;

/// <summary>Many open streams, and when each of them is told of a change.</summary>
internal sealed class ListenerCrowd : IAsyncDisposable
{
    // At once, so that opening does not take as long as the streams then live.
    private const int OpenedAtOnce = 50;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly StreamListener[] _listeners;
    private volatile RollCall? _awaited;

    private ListenerCrowd(int count) => _listeners = new StreamListener[count];

    /// <summary>Opens streams.</summary>
    public static async Task<ListenerCrowd> OpenAsync(Uri dashboard, int count, CancellationToken cancellationToken)
    {
        var crowd = new ListenerCrowd(count);
        try
        {
            await Parallel.ForAsync(
                0,
                count,
                new ParallelOptions { MaxDegreeOfParallelism = OpenedAtOnce, CancellationToken = cancellationToken },
                async (number, token) => crowd._listeners[number] = await StreamListener.OpenAsync(dashboard, (kinds, at) => crowd.Told(number, kinds, at), cancellationToken));
            return crowd;
        }
        catch
        {
            await crowd.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes a change, and waits until every listener was told that events were counted.</summary>
    /// <param name="change">Makes it.</param>
    /// <returns>When each of them was told, after the change.</returns>
    /// <exception cref="BenchmarkException">Somebody was not told.</exception>
    public async Task<IReadOnlyList<TimeSpan>> WatchAsync(Func<Task> change)
    {
        var notice = new RollCall(_listeners.Length);
        _awaited = notice;
        await change();
        var changed = Stopwatch.GetTimestamp();
        try
        {
            await notice.Everybody.WaitAsync(Limit);
        }
        catch (TimeoutException)
        {
            var ended = _listeners.Count(listener => listener.Listening.IsCompleted);
            throw new BenchmarkException($"Within {Limit.TotalSeconds:0} s {notice.Left} of {_listeners.Length} listeners were not told; {ended} streams had ended.");
        }

        return notice.After(changed);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var listener in _listeners.OfType<StreamListener>())
        {
            listener.Dispose();
        }

        foreach (var listener in _listeners.OfType<StreamListener>())
        {
            await listener.Listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Told(int listener, NoticeKinds kinds, long at)
    {
        if (kinds.HasFlag(NoticeKinds.Events))
        {
            _awaited?.Told(listener, at);
        }
    }
}
