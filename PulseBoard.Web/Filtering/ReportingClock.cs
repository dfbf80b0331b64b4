using System.Text.Json;
using PulseBoard.Contracts;
using PulseBoard.Web.Reading;

namespace PulseBoard.Web.Filtering;

/// <summary>What day it is where days begin: in the zone that a view names, or in the installation's, which the Dashboard's answers tell.</summary>
internal sealed class ReportingClock(DashboardClient dashboard, TimeProvider time)
{
    // The smallest answer that tells it.
    private const string Question = "api/metrics/heatmap?from=2020-01-01&to=2020-01-01";

    // It changes with a new start of the Dashboard at most.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private volatile TimeZoneInfo? _zone;
    private long _learntAt;

    /// <summary>The installation's zone; UTC while it is not known.</summary>
    public TimeZoneInfo Zone => _zone ?? TimeZoneInfo.Utc;

    /// <summary>Today.</summary>
    /// <param name="zone">An IANA id, or null for the installation's zone.</param>
    public DateOnly Today(string? zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), ZoneOf(zone)).DateTime);

    /// <summary>A zone.</summary>
    /// <param name="zone">An IANA id, or null for the installation's zone.</param>
    public TimeZoneInfo ZoneOf(string? zone) => zone is null ? Zone : Find(zone);

    /// <summary>Learns the zone, unless it is known. Takes a moment at most, and never fails.</summary>
    public async ValueTask LearnAsync(CancellationToken cancellationToken)
    {
        if (_zone is not null && time.GetElapsedTime(Volatile.Read(ref _learntAt)) < Lifetime)
        {
            return;
        }

        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var answered = await dashboard.AskAsync<MetricsHeatmap>(Question, known: null, either.Token);
            _zone = Find(answered.Value!.Range.Tz);
            Volatile.Write(ref _learntAt, time.GetTimestamp());
        }
        catch (Exception exception) when (exception is HttpRequestException or QuestionException or JsonException or OperationCanceledException)
        {
            // The next page asks again.
        }
    }

    private static TimeZoneInfo Find(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;
}
