using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using PulseBoard.Contracts;
using PulseBoard.ServiceDefaults.Telemetry;

namespace PulseBoard.Activity.Publishing;

/// <summary>
/// Tells the workers of new batches, off the request path. It may fail, and may drop what it cannot hold: the outbox has every
/// batch, and the relay sends what this did not.
/// </summary>
internal sealed partial class BatchPublisher : BackgroundService
{
    private readonly Channel<DueBatch> _waiting;
    private readonly BrokerBus _bus;
    private readonly PublishingOptions _options;
    private readonly ActivityTelemetry _telemetry;
    private readonly TimeProvider _time;
    private readonly ILogger<BatchPublisher> _logger;

    public BatchPublisher(
        BrokerBus bus, IOptions<PublishingOptions> options, ActivityTelemetry telemetry, TimeProvider time, ILogger<BatchPublisher> logger)
    {
        (_bus, _options, _telemetry, _time, _logger) = (bus, options.Value, telemetry, time, logger);
        _waiting = Channel.CreateBounded<DueBatch>(
            new BoundedChannelOptions(_options.Capacity) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true },
            _ => telemetry.Dropped());
    }

    /// <summary>Publishes a batch soon. Never waits.</summary>
    /// <param name="batchId">A batch that is committed.</param>
    /// <param name="commit">The trace of its commit.</param>
    public void Enqueue(Guid batchId, ActivityContext commit) => _waiting.Writer.TryWrite(new(batchId, commit));

    /// <summary>Publishes batches in one message, and waits until the broker has it.</summary>
    /// <param name="batches">At least one batch.</param>
    /// <param name="route">Who publishes them.</param>
    /// <param name="outage">The broker was away just before: another failure is no news, and has no span.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>False when the broker did not confirm in time; it may have the message all the same.</returns>
    public async Task<bool> TryPublishAsync(
        IReadOnlyList<DueBatch> batches, PublishRoute route, bool outage, CancellationToken cancellationToken)
    {
        using var span = ActivityTelemetry.StartPublish(batches, route);
        var started = _time.GetTimestamp();

        // Without a limit a publish waits for as long as the broker is away.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.ConfirmTimeout);
        try
        {
            await _bus.PublishAsync(new EventBatchesStored([.. batches.Select(batch => batch.BatchId)]), limit.Token);
            _telemetry.Published(batches.Count, route, _time.GetElapsedTime(started));
            return true;
        }
#pragma warning disable CA1031 // The outbox keeps the batch whatever the reason was.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            _telemetry.PublishFailed(route, _time.GetElapsedTime(started), span, exception, limit.IsCancellationRequested);
            if (outage)
            {
                span.Discard();
            }

            LogNotPublished(batches.Count, exception.Message);
            return false;
        }
    }

    /// <summary>Sends what waits, as far as the broker takes it within the time of one message, and stops.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _waiting.Writer.TryComplete();
        if (ExecuteTask is { } sending)
        {
            await Task.WhenAny(sending, Task.Delay(_options.ConfirmTimeout, cancellationToken));
        }

        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var group = new List<DueBatch>();
        while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
        {
            while (group.Count < _options.MessageSize && _waiting.Reader.TryRead(out var batch))
            {
                group.Add(batch);
            }

            await TryPublishAsync(group, PublishRoute.Direct, outage: false, stoppingToken);

            // The more had gathered, the more are worth waiting for; but what fills a message waits for nothing.
            var pause = group.Count < _options.MessageSize
                ? TimeSpan.FromTicks(Math.Min(_options.Interval.Ticks * group.Count, _options.LongestInterval.Ticks))
                : TimeSpan.Zero;
            group.Clear();
            await Task.Delay(pause, _time, stoppingToken);
        }
    }

    [LoggerMessage(LogLevel.Debug, "{Count} batches were not published, and wait for the relay: {Reason}")]
    private partial void LogNotPublished(int count, string reason);
}
