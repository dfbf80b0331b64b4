using MassTransit;

namespace PulseBoard.Activity.Publishing;

/// <summary>One bus of MassTransit, from its start to its end.</summary>
internal sealed class RunningBus : IAsyncDisposable
{
    private readonly IBusControl _bus;
    private readonly TimeSpan _stopLimit;
    private readonly CancellationTokenSource _starting = new();
    private readonly Task _started;

    private RunningBus(IBusControl bus, TimeSpan stopLimit)
    {
        (_bus, _stopLimit) = (bus, stopLimit);

        // It waits for as long as the broker is away, and nobody waits for it: who publishes waits with a limit of its own. Without
        // a token that can be cancelled it would give up after a minute, for good.
        _started = _bus.StartAsync(_starting.Token);
    }

    /// <summary>Starts a bus, and does not wait until it is connected.</summary>
    /// <param name="configure">Its broker and its topology.</param>
    /// <param name="stopLimit">How long it may take to stop; after that it is left to itself.</param>
    public static RunningBus Start(Action<IRabbitMqBusFactoryConfigurator> configure, TimeSpan stopLimit) =>
        new(Bus.Factory.CreateUsingRabbitMq(configure), stopLimit);

    /// <summary>Publishes a message, and waits until the broker has it.</summary>
    public Task PublishAsync<T>(T message, CancellationToken cancellationToken)
        where T : class =>
        _bus.Publish(message, cancellationToken);

    /// <summary>What the bus thinks of itself.</summary>
    public BusHealthResult CheckHealth() => _bus.CheckHealth();

    /// <summary>Stops the bus, or gives it up at the limit. It never throws.</summary>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(_stopLimit);
        await EndAsync(limit.Token).WaitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task EndAsync(CancellationToken limit)
    {
        // A bus that is still starting stops by that alone, and one that has started does not notice.
        await _starting.CancelAsync();
        await _started.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _starting.Dispose();
        await _bus.StopAsync(limit);
    }
}
