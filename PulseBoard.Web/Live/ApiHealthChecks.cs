using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PulseBoard.Web.Live;

/// <summary>Degraded while the page shows old data. Web itself goes on serving, so it is never unhealthy for it.</summary>
internal sealed class DashboardHealthCheck(LiveMetrics live) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(live.Current is { State: LiveState.Away } snapshot
            ? HealthCheckResult.Degraded($"The Dashboard API is away since {snapshot.StateSince:O}.")
            : HealthCheckResult.Healthy());
}

/// <summary>Degraded while the Activity API accepts no events.</summary>
internal sealed class ActivityHealthCheck(LiveMetrics live) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(live.Current.ActivityAwaySince is { } since
            ? HealthCheckResult.Degraded($"The Activity API is away since {since:O}.")
            : HealthCheckResult.Healthy());
}
