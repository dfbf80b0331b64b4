using MassTransit;
using Microsoft.Extensions.Options;
using PulseBoard.Contracts;
using PulseBoard.ServiceDefaults;

namespace PulseBoard.Activity.Publishing;

/// <summary>
/// The bus to the workers' queue, replaced where it does not find back to the broker. A connection of RabbitMQ.Client (7.1.2; 7.2.2
/// is no better) that breaks while publishes wait for one another may never tell that it closed: MassTransit 8.4.0 disposes a
/// channel, and with it the semaphore that the channel's own shutdown waits for, before that has told MassTransit of the connection.
/// It is kept then, closed as it is, and nothing is published ever again.
/// </summary>
internal sealed partial class BrokerBus(
    IConfiguration configuration,
    BrokerProbe probe,
    IOptions<PublishingOptions> options,
    ActivityTelemetry telemetry,
    TimeProvider time,
    ILoggerFactory loggers,
    ILogger<BrokerBus> logger) : BackgroundService
{
    private readonly Uri _broker = new(configuration.GetRequiredConnectionString("rabbitmq"));
    private readonly PublishingOptions _options = options.Value;
    private readonly ConfirmRecord _record =
        new(options.Value.BusPatience + options.Value.RelayInterval + options.Value.ConfirmTimeout, time);

    private volatile RunningBus? _bus;
    private Task _stopping = Task.CompletedTask;

    /// <summary>For how long the broker has confirmed nothing of what was published; null where it does, or nothing was.</summary>
    public TimeSpan? Failing => _record.Failing;

    private RunningBus Current => _bus ?? throw new InvalidOperationException("The bus has not started.");

    /// <summary>Publishes a message, and waits until the broker has it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Ends the attempt, whatever the bus does; without it one lasts as long as the broker is away.</param>
    public async Task PublishAsync(EventBatchesStored message, CancellationToken cancellationToken)
    {
        try
        {
            await Current.PublishAsync(message, cancellationToken).WaitAsync(cancellationToken);
            _record.Confirmed();
        }
        catch
        {
            _record.Failed();
            throw;
        }
    }

    /// <summary>What the bus thinks of itself. It may take itself for well and publish nothing.</summary>
    public BusHealthResult CheckHealth() => Current.CheckHealth();

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _bus = StartBus();
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_bus is { } bus)
        {
            // The process ends, whether or not they have come to an end in time.
            await Task.WhenAll(bus.DisposeAsync().AsTask(), _stopping).WaitAsync(cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = time.GetTimestamp();
        using var timer = new PeriodicTimer(_options.ConfirmTimeout, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            // A bus that is new has as much time as the one before it. And none is of any use while the broker takes no messages.
            if (Failing >= _options.BusPatience
                && time.GetElapsedTime(started) >= _options.BusPatience
                && await probe.TakesMessagesAsync(stoppingToken)
                && Failing is { } failing)
            {
                LogReplaced(failing.TotalSeconds);
                telemetry.BusReplaced();
                var old = Current;
                _bus = StartBus();
                _stopping = Task.WhenAll(_stopping, old.DisposeAsync().AsTask());
                started = time.GetTimestamp();
            }
        }
    }

    private RunningBus StartBus()
    {
        // A bus logs through what it finds here when it is made.
        LogContext.ConfigureCurrentLogContext(loggers);

        // What it still publishes when it is stopped takes no longer than that.
        return RunningBus.Start(Configure, stopLimit: _options.ConfirmTimeout);
    }

    private void Configure(IRabbitMqBusFactoryConfigurator rabbitMq)
    {
        rabbitMq.Host(_broker);
        rabbitMq.UseInstrumentation();

        // A broker drops what no queue takes, and confirms it all the same: before its first message this service declares the
        // queue as the workers do.
        rabbitMq.Publish<EventBatchesStored>(message => message.BindQueue(
            EventBatchesStored.Queue, EventBatchesStored.Queue, queue => queue.SetQueueArgument("x-queue-type", "quorum")));
    }

    [LoggerMessage(
        LogLevel.Warning, "RabbitMQ takes messages, but the bus has had none confirmed for {Seconds:0} s: it is given up, and a new one is started")]
    private partial void LogReplaced(double seconds);
}
