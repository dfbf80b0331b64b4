using System.Diagnostics;
using Microsoft.Extensions.Options;
using PulseBoard.Analytics.Notices;
using PulseBoard.Contracts;
using PulseBoard.Data;
using PulseBoard.ServiceDefaults.Telemetry;

namespace PulseBoard.Analytics.Recomputation;

/// <summary>Recomputes the rollups of the days that somebody asked for, one day at a time, while counting goes on.</summary>
internal sealed partial class Recomputer(
    RecomputationStore store,
    MetricsNotifier notifier,
    IOptions<RecomputationOptions> options,
    TimeProvider time,
    ILogger<Recomputer> logger) : BackgroundService
{
    // An attempt failed that may have been committed though its answer was lost: people have to hear of its day all the same.
    private bool _uncertain;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.PollInterval, time);
        do
        {
            try
            {
                while (await FindNextAsync(stoppingToken) is { } id && await MendNextDayAsync(id, stoppingToken))
                {
                    await Task.Delay(options.Value.DayPause, time, stoppingToken);
                }
            }
#pragma warning disable CA1031 // It outlives every trouble of Postgres: the requests are still there at the next tick.
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LogWaiting(exception.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<Guid?> FindNextAsync(CancellationToken cancellationToken)
    {
        // Mostly it finds nothing, once a second.
        using var unrecorded = SpanExtensions.StartUnrecorded("find recomputation");
        var id = await store.FindNextAsync(cancellationToken);
        if (id is null && _uncertain)
        {
            // The last day of the last request is done, so no other day will tell of it.
            notifier.Notify(default, MetricsChange.Recomputed(day: null));
            _uncertain = false;
        }

        return id;
    }

    /// <returns>False when there is nothing to do for this worker now.</returns>
    private async Task<bool> MendNextDayAsync(Guid id, CancellationToken cancellationToken)
    {
        using var span = AnalyticsTelemetry.Source.StartActivity("recompute day");
        try
        {
            var mended = await store.MendNextDayAsync(id, cancellationToken);
            if (mended is not { } day)
            {
                span.Discard();
                return false;
            }

            // The answer to an earlier commit may be lost: people hear of that day now.
            if (day.RowsChanged > 0 || _uncertain)
            {
                notifier.Notify(Activity.Current?.Context ?? default, MetricsChange.Recomputed(_uncertain ? null : day.Day));
                _uncertain = false;
            }

            if (day.RowsChanged > 0)
            {
                LogMended(day.RowsChanged, day.Day);
            }

            if (day.Finished)
            {
                LogFinished(id);
            }

            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _uncertain = true;
            span.Fail(exception);
            if (DatabaseErrors.IsConflict(exception))
            {
                LogWaiting(exception.Message);
                return true;
            }

            // A day that takes too long does so again, unlike a Postgres that is away.
            if (DatabaseErrors.IsOutage(exception) && !DatabaseErrors.IsTimeout(exception))
            {
                throw;
            }

            // Without the exception itself: Postgres may quote the data at fault, beyond the message.
            if (await store.RecordFailureAsync(id, exception.Message, cancellationToken))
            {
                LogGivenUp(id, exception.Message);
            }
            else
            {
                LogWaiting(exception.Message);
            }

            return false;
        }
    }

    [LoggerMessage(LogLevel.Information, "{Count} rollups of {Day:yyyy-MM-dd} were mended")]
    private partial void LogMended(int count, DateOnly day);

    [LoggerMessage(LogLevel.Information, "Recomputation {Id} is finished")]
    private partial void LogFinished(Guid id);

    [LoggerMessage(LogLevel.Warning, "A recomputation waits for its next attempt: {Reason}")]
    private partial void LogWaiting(string reason);

    [LoggerMessage(LogLevel.Error, "Recomputation {Id} is given up: {Reason}")]
    private partial void LogGivenUp(Guid id, string reason);
}
