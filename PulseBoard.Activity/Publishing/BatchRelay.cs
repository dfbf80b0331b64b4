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
    private readonly PublishingOptions _options = options.Value;
    private long? _measuredAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_options.RelayInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await RelayAsync(stoppingToken))
                {
                    // There may be more.
                }

                await MeasureAsync(stoppingToken);
            }
#pragma warning disable CA1031 // The relay outlives every trouble of Postgres: it looks again at the next tick.
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
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

        // Each in the trace of its own commit.
        var published = await Task.WhenAll(due.Select(batch => publisher.TryPublishAsync(batch, PublishRoute.Relay, cancellationToken)));
        var unpublished = due.Where((_, i) => !published[i]).Select(batch => batch.BatchId).ToArray();
        if (unpublished.Length > 0)
        {
            await outbox.ReleaseAsync(unpublished, cancellationToken);
        }

        if (unpublished.Length == 0)
        {
            LogRelayed(due.Count);
        }
        else
        {
            LogNotConfirmed(unpublished.Length);
        }

        return unpublished.Length == 0;
    }

    private async Task<List<DueBatch>> LeaseAsync(CancellationToken cancellationToken)
    {
        // Mostly it finds nothing, once a second.
        using var unrecorded = SpanExtensions.StartUnrecorded("lease batches");
        return await outbox.LeaseAsync(_options.Lease, _options.Concurrency, cancellationToken);
    }

    private async Task MeasureAsync(CancellationToken cancellationToken)
    {
        if (telemetry.WantsOutbox && (_measuredAt is not { } last || time.GetElapsedTime(last) >= _options.MeasureInterval))
        {
            using var unrecorded = SpanExtensions.StartUnrecorded("measure outbox");
            telemetry.Observed(await outbox.ReadStateAsync(cancellationToken));
            _measuredAt = time.GetTimestamp();
        }
    }

    [LoggerMessage(LogLevel.Information, "Relayed {Count} outstanding batches")]
    private partial void LogRelayed(int count);

    [LoggerMessage(LogLevel.Warning, "RabbitMQ has not confirmed {Count} or more batches; they stay in the outbox")]
    private partial void LogNotConfirmed(int count);

    [LoggerMessage(LogLevel.Warning, "The outbox could not be relayed: {Reason}")]
    private partial void LogFailed(string reason);
}
