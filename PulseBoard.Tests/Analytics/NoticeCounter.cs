using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using PulseBoard.Analytics.Notices;

namespace PulseBoard.Tests.Analytics;

/// <summary>Counts a worker's attempts to tell Redis that metrics changed. A test's worker has no Redis, so each of them fails.</summary>
internal sealed class NoticeCounter : IDisposable
{
    private readonly MeterListener _listener = new();
    private int _attempts;

    /// <param name="worker">The worker.</param>
    /// <param name="onAttempt">What happens at each attempt, as in a listener of somebody's own.</param>
    public NoticeCounter(IServiceProvider worker, Action? onAttempt = null)
    {
        var meters = worker.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "pulseboard.notices" && instrument.Meter.Scope == meters)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, _, _, _) =>
        {
            Interlocked.Increment(ref _attempts);
            onAttempt?.Invoke();
        });
        _listener.Start();
    }

    public int Attempts => Volatile.Read(ref _attempts);

    /// <summary>How many attempts there are after a stop, by which a notifier that was never started tells what it was notified of.</summary>
    public async Task<int> StopAsync(MetricsNotifier notifier)
    {
        await notifier.StopAsync(CancellationToken.None);
        return Attempts;
    }

    public void Dispose() => _listener.Dispose();
}
