using System.Diagnostics;

namespace PulseBoard.Bench.Load;

/// <summary>When the requests of a load are due, and which of them are measured.</summary>
internal sealed class LoadSchedule
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly LoadPlan _plan;
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _sent;

    /// <summary>The load begins now.</summary>
    public LoadSchedule(LoadPlan plan) => _plan = plan;

    /// <summary>The time since the load began.</summary>
    public TimeSpan Now => Stopwatch.GetElapsedTime(_started);

    /// <summary>Whether what happens at this time is measured.</summary>
    public bool IsMeasured(TimeSpan time) => time >= _plan.WarmUp && time < _plan.WarmUp + _plan.Duration;

    /// <summary>When a client's requests are due, one after the other; ends with the load.</summary>
    /// <param name="client">The client's number.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async IAsyncEnumerable<TimeSpan> DueAsync(int client, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var turn = 0L; ; turn++)
        {
            var due = _plan.RequestsPerSecond is { } rate ? TimeSpan.FromSeconds(((turn * _plan.Connections) + client) / rate) : Now;
            if (due >= _plan.WarmUp + _plan.Duration || (_plan.Requests is { } requests && Interlocked.Increment(ref _sent) > requests))
            {
                yield break;
            }

            // The timer's tick is a millisecond: requests that are due within one may go out late by as much, and it counts.
            for (var wait = due - Now; wait > TimeSpan.Zero; wait = due - Now)
            {
                await Task.Delay(wait > Tick ? wait : Tick, cancellationToken);
            }

            yield return due;
        }
    }
}
