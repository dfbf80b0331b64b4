using Microsoft.Extensions.Options;

namespace PulseBoard.Activity.Publishing;

/// <summary>
/// Finds batches that are still outstanding when their time has come, and publishes them again: what a crash, a full queue or an
/// absent broker kept from the workers.
/// </summary>
internal sealed partial class BatchRelay(
    Outbox outbox,
    BatchPublisher publisher,
    IOptions<PublishingOptions> options,
    TimeProvider time,
    ILogger<BatchRelay> logger) : BackgroundService
{
    private readonly PublishingOptions _options = options.Value;

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
        var batchIds = await outbox.LeaseAsync(_options.Lease, _options.Concurrency, cancellationToken);
        if (batchIds.Count == 0)
        {
            return false;
        }

        var published = await Task.WhenAll(batchIds.Select(id => publisher.TryPublishAsync(id, default, cancellationToken)));
        var unpublished = batchIds.Where((_, i) => !published[i]).ToArray();
        if (unpublished.Length > 0)
        {
            await outbox.ReleaseAsync(unpublished, cancellationToken);
        }

        if (unpublished.Length == 0)
        {
            LogRelayed(batchIds.Count);
        }
        else
        {
            LogNotConfirmed(unpublished.Length);
        }

        return unpublished.Length == 0;
    }

    [LoggerMessage(LogLevel.Information, "Relayed {Count} outstanding batches")]
    private partial void LogRelayed(int count);

    [LoggerMessage(LogLevel.Warning, "RabbitMQ has not confirmed {Count} or more batches; they stay in the outbox")]
    private partial void LogNotConfirmed(int count);

    [LoggerMessage(LogLevel.Warning, "The outbox could not be relayed: {Reason}")]
    private partial void LogFailed(string reason);
}
