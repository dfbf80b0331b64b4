using System.Diagnostics;

namespace PulseBoard.Bench.Reading;

/// <summary>When each of many was first told of one thing.</summary>
internal sealed class RollCall(int count)
{
    private readonly TaskCompletionSource _everybody = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long[] _times = new long[count];
    private int _left = count;

    /// <summary>Ends with the last of them.</summary>
    public Task Everybody => _everybody.Task;

    /// <summary>How many were not told yet.</summary>
    public int Left => Volatile.Read(ref _left);

    /// <summary>One of them was told; each on one thread at a time.</summary>
    public void Told(int number, long at)
    {
        if (_times[number] == 0)
        {
            _times[number] = at;
            if (Interlocked.Decrement(ref _left) == 0)
            {
                _everybody.SetResult();
            }
        }
    }

    /// <summary>How long it took each of them, once everybody was told.</summary>
    /// <param name="changed">When there was something to tell. Somebody may be faster than its answer's way to whoever did it: that is no wait at all.</param>
    public IReadOnlyList<TimeSpan> After(long changed) =>
        [.. _times.Select(at => at > changed ? Stopwatch.GetElapsedTime(changed, at) : TimeSpan.Zero)];
}
