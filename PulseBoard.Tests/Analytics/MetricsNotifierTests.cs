using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using PulseBoard.Analytics.Notices;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Analytics;

[Collection(ApplicationCollection.Name)]
public sealed class MetricsNotifierTests(PulseBoardApplication application)
{
    [Fact]
    public async Task A_listener_that_fails_while_an_error_is_recorded_does_not_end_the_notices()
    {
        await using var database = await RollupDatabase.CreateAsync(application);

        // It has no Redis, so that each attempt is an error.
        var worker = database.NewWorker();
        var meters = worker.GetRequiredService<IMeterFactory>();
        var attempts = 0;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "pulseboard.notices" && instrument.Meter.Scope == meters)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, _, _) =>
        {
            Interlocked.Increment(ref attempts);
            throw new InvalidOperationException("The listener fails.");
        });
        listener.Start();

        var notifier = worker.GetRequiredService<MetricsNotifier>();
        await notifier.StartAsync(CancellationToken.None);

        await Eventually.BecomesAsync("the third attempt", () => Task.FromResult(Volatile.Read(ref attempts)), seen => seen >= 3);
        await notifier.StopAsync(CancellationToken.None);
    }
}
