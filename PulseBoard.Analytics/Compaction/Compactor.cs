using Microsoft.Extensions.Options;
using PulseBoard.ServiceDefaults.Telemetry;

namespace PulseBoard.Analytics.Compaction;

/// <summary>
/// Compacts what was counted, every few seconds or as soon as much waits. Nothing that is read depends on when: it only keeps reading
/// cheap.
/// </summary>
internal sealed partial class Compactor(
    CompactionStore store, IOptions<CompactionOptions> options, AnalyticsTelemetry telemetry, TimeProvider time, ILogger<Compactor> logger) : BackgroundService
{
    // Fewer dead rows than that cost readers nothing that can be seen.
    private const int WorthVacuuming = 5_000;

    private readonly CompactionOptions _options = options.Value;
    private int _compactedSinceVacuum;

    /// <summary>Compacts all that waits.</summary>
    /// <returns>How many deltas and notes there were.</returns>
    internal async Task<int> CompactAsync(CancellationToken cancellationToken)
    {
        var total = 0;
        foreach (var (compact, chunk) in ((Func<CancellationToken, Task<int>>, int)[])
            [(store.CompactActivityAsync, _options.ChunkSize), (store.CompactTasksAsync, _options.TaskChunkSize)])
        {
            int count;
            do
            {
                var started = time.GetTimestamp();
                count = await compact(cancellationToken);
                total += count;
                if (count > 0)
                {
                    telemetry.Compacted(count, time.GetElapsedTime(started));
                }
            }
            while (count >= chunk);
        }

        _compactedSinceVacuum += total;
        if (_compactedSinceVacuum >= WorthVacuuming)
        {
            await store.VacuumAsync(cancellationToken);
            await store.SummarizeEventsAsync(cancellationToken);
            _compactedSinceVacuum = 0;
        }

        return total;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var last = default(long?);
        using var timer = new PeriodicTimer(_options.Interval, time);
        do
        {
            // As a rule nobody looks at it, and it would be a trace every second.
            using var unrecorded = SpanExtensions.StartUnrecorded("compact");
            try
            {
                var waiting = await store.CountWaitingAsync(_options.Enough, stoppingToken);
                if (last is null || waiting >= _options.Enough || (waiting > 0 && time.GetElapsedTime(last.Value) >= _options.Patience))
                {
                    await CompactAsync(stoppingToken);
                    last = time.GetTimestamp();
                }
            }
#pragma warning disable CA1031 // It outlives every trouble of Postgres: what was counted waits, and the next tick comes.
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LogNotCompacted(exception.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Warning, "What was counted could not be compacted, and waits: {Reason}")]
    private partial void LogNotCompacted(string reason);
}
