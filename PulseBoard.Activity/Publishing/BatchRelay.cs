using Microsoft.Extensions.Options;
using PulseBoard.ServiceDefaults.Telemetry;

namespace PulseBoard.Activity.Publishing;

/// <summary>
/// Finds batches that are still outstanding when their time has come, and publishes them again: what a crash, a full queue or an
/// absent broker kept from the workers.
/// </summary>
internal sealed partial class BatchRelay(
    Outbox outbox,
    BatchPublisher publisher,
    IOptions<PublishingOptions> options,
    ActivityTelemetry telemetry,
    TimeProvider time,
    ILogger<BatchRelay> logger) : BackgroundService
{
    private static readonly TimeSpan ReleaseLimit = TimeSpan.FromSeconds(2);

    private readonly PublishingOptions _options = options.Value;
    private long? _measuredAt;
    private bool _lastRoundFailed;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_options.RelayInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                bool more;
                do
                {
                    more = await RelayAsync(stoppingToken);
                    await MeasureAsync(stoppingToken);
                }
                while (more);
            }
#pragma warning disable CA1031 // The relay outlives every trouble of Postgres: it looks again at the next tick.
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                // What was measured before may be long past: better none than that.
                telemetry.Observed(null);
                LogFailed(exception.Message);
            }
        }
    }

    /// <returns>True when everything that was due went out, and there may be more.</returns>
    private async Task<bool> RelayAsync(CancellationToken cancellationToken)
    {
        var due = await LeaseAsync(cancellationToken);
        if (due.Count == 0)
        {
            return false;
        }

        Guid[] batchIds = [.. due.Select(batch => batch.BatchId)];
        try
        {
            _lastRoundFailed = !await publisher.TryPublishAsync(due, PublishRoute.Relay, _lastRoundFailed, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Whoever relays next need not wait for the leases of one that has stopped. Where Postgres is away too, they run out.
            using var limit = new CancellationTokenSource(ReleaseLimit, time);
            await ReleaseAsync(batchIds, limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        if (_lastRoundFailed)
        {
            await ReleaseAsync(batchIds, cancellationToken);
            LogNotConfirmed(due.Count);
        }
        else
        {
            LogRelayed(due.Count);
        }

        return !_lastRoundFailed;
    }

    private async Task<List<DueBatch>> LeaseAsync(CancellationToken cancellationToken)
    {
        // Mostly it finds nothing, once a second.
        using var unrecorded = SpanExtensions.StartUnrecorded("lease batches");
        return await outbox.LeaseAsync(_options.Lease, _options.MessageSize, cancellationToken);
    }

    private async Task ReleaseAsync(Guid[] unpublished, CancellationToken cancellationToken)
    {
        using var unrecorded = SpanExtensions.StartUnrecorded("release batches");
        await outbox.ReleaseAsync(unpublished, cancellationToken);
    }

    private async Task MeasureAsync(CancellationToken cancellationToken)
    {
        if (telemetry.WantsOutbox && (_measuredAt is not { } last || time.GetElapsedTime(last) >= _options.MeasureInterval))
        {
            // Before it is read: a read that is slow, or fails, is not repeated at once.
            _measuredAt = time.GetTimestamp();
            using var unrecorded = SpanExtensions.StartUnrecorded("measure outbox");
            telemetry.Observed(await outbox.ReadStateAsync(cancellationToken));
        }
    }

    [LoggerMessage(LogLevel.Information, "Relayed {Count} outstanding batches")]
    private partial void LogRelayed(int count);

    [LoggerMessage(LogLevel.Warning, "RabbitMQ has not confirmed {Count} or more batches; they stay in the outbox")]
    private partial void LogNotConfirmed(int count);

    [LoggerMessage(LogLevel.Warning, "The outbox could not be relayed: {Reason}")]
    private partial void LogFailed(string reason);
}
