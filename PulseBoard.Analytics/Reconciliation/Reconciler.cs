using System.Globalization;
using Microsoft.Extensions.Options;
using PulseBoard.Data;
using PulseBoard.Data.Rollups;
using PulseBoard.ServiceDefaults.Telemetry;

namespace PulseBoard.Analytics.Reconciliation;

/// <summary>
/// Compares the rollups with the events of closed batches, and tells of every difference. It mends nothing: a difference is a fault
/// of this program or somebody's doing, and has to be looked at first.
/// </summary>
internal sealed partial class Reconciler(
    ReconciliationStore store,
    AnalyticsTelemetry telemetry,
    IOptions<ReconciliationOptions> options,
    TimeProvider time,
    ILogger<Reconciler> logger) : BackgroundService
{
    // As many days stand in the log; their number stands there too.
    private const int LoggedDays = 31;

    // What is older by more intervals than that is no longer what is known of the rollups: nobody has checked since.
    private const int KnownIntervals = 3;

    private readonly ReconciliationOptions _options = options.Value;

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    /// <summary>Checks, unless another worker does or has just done so; tells the metrics what the last check found.</summary>
    internal async Task CheckAsync(CancellationToken cancellationToken)
    {
        // As a rule nobody looks at it, and it would be a trace of up to a statement for each day there is.
        using var unrecorded = SpanExtensions.StartUnrecorded("reconcile");

        CheckResult? last;
        await using (var check = await store.TryBeginAsync(cancellationToken))
        {
            try
            {
                last = await store.ReadLastAsync(cancellationToken);
                if (check is not null && (last is null || last.Age > _options.Interval / 2))
                {
                    last = await CheckAsync(check, last, cancellationToken);
                }
            }
            finally
            {
                if (check is not null)
                {
                    // Back in its pool the connection would keep lock and time limit until somebody uses it again.
                    await ReconciliationStore.EndAsync(check, CancellationToken.None);
                }
            }
        }

        telemetry.Drifted(last is not null && last.Age <= KnownIntervals * _options.Interval ? last.Drift : null);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(_options.FirstAfter, time, stoppingToken);
        using var timer = new PeriodicTimer(_options.Interval, time);
        do
        {
            try
            {
                await CheckAsync(stoppingToken);
            }
#pragma warning disable CA1031 // It outlives every trouble of Postgres, and checks again at the next tick.
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                // What was found before may be long past: better none than that.
                telemetry.Drifted(null);
                LogNotChecked(exception.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<CheckResult> CheckAsync(DatabaseConnection check, CheckResult? last, CancellationToken cancellationToken)
    {
        var complete = await ReconciliationStore.IsCompleteDueAsync(check, _options.FullInterval, cancellationToken);
        var ranges = complete
            ? Complete(await store.ReadDaysAsync(check, cancellationToken))
            : Recent(last?.DriftedDays ?? []);

        var days = new List<CheckedDay>();
        foreach (var (from, to) in ranges)
        {
            if (days.Count > 0)
            {
                await Task.Delay(_options.Pause, time, cancellationToken);
            }

            days.AddRange(await store.CompareAsync(check, from, to, cancellationToken));
        }

        // Told of a month's first day: recomputing it mends the levels of its month.
        foreach (var month in days.Select(day => QuarterHour.MonthOf(day.Day)).Distinct().ToList())
        {
            var different = await store.CompareLevelsAsync(check, month, cancellationToken);
            if (different > 0)
            {
                var known = days.FindIndex(day => day.Day == month);
                var drifted = known < 0 ? new CheckedDay(month, 0, different) : days[known] with { Drift = days[known].Drift + different };
                days.RemoveAll(day => day.Day == month);
                days.Add(drifted);
            }
        }

        var result = CheckResult.Of(days);
        await store.RecordAsync(check, complete, Today, days, result, cancellationToken);
        Tell(result);
        return result;
    }

    /// <summary>
    /// Each day that has rollups, with the empty ones after it: all of time, without a statement for each day on which nothing
    /// happened.
    /// </summary>
    private static IEnumerable<(DateOnly From, DateOnly To)> Complete(IReadOnlyList<DateOnly> days)
    {
        DateOnly[] bounds = [DateOnly.MinValue, .. days.Skip(1), DateOnly.MaxValue];
        return bounds.Zip(bounds.Skip(1));
    }

    /// <summary>
    /// The days that change: yesterday, for what came late, today, and tomorrow, for clients whose clocks are ahead. And those
    /// that were wrong the last time, so that a drift stays in sight until it is mended.
    /// </summary>
    private IEnumerable<(DateOnly From, DateOnly To)> Recent(IReadOnlyList<DateOnly> drifted)
    {
        var (from, to) = (Today.AddDays(-1), Today.AddDays(2));
        return drifted.Where(day => day < from || day >= to).Select(day => (day, day.AddDays(1))).Append((from, to));
    }

    private void Tell(CheckResult result)
    {
        if (result.DriftedDays is [var first, ..] days)
        {
            var names = string.Join(", ", days.Take(LoggedDays).Select(Name));
            LogDrifted(result.Drift, days.Count, names, $$"""{"from":"{{Name(first)}}","to":"{{Name(days[^1])}}"}""");
        }
    }

    private static string Name(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    [LoggerMessage(LogLevel.Error, "Rollups differ from events by {Drift}, on {Count} days: {Days}. To mend them: POST /api/pipeline/recomputations {Body}")]
    private partial void LogDrifted(long drift, int count, string days, string body);

    [LoggerMessage(LogLevel.Warning, "The rollups could not be checked: {Reason}")]
    private partial void LogNotChecked(string reason);
}
