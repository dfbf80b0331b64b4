using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Standalone;

/// <summary>
/// Runs the health checks of a resource while it runs: often until they pass, since others wait for that, and rarely after. The
/// first time they pass after a start, it lets those act who have something to do then, and only then is the resource ready.
/// </summary>
internal sealed class HealthMonitor(
    IResource resource,
    HealthCheckService checks,
    ResourceNotificationService notifications,
    IDistributedApplicationEventing eventing,
    IServiceProvider services) : IAsyncDisposable
{
    private const string ReadyCheck = "ready";

    private static readonly TimeSpan UnhealthyInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan HealthyInterval = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly HashSet<string> _keys = [.. resource.Annotations.OfType<HealthCheckAnnotation>().Select(a => a.Key)];
    private readonly SemaphoreSlim _wake = new(0);
    private int _running;
    private CancellationTokenSource? _stop;
    private Task _monitoring = Task.CompletedTask;

    /// <summary>Tells that a process of the resource runs, or has ended.</summary>
    public void OnRunningChanged(bool isRunning)
    {
        lock (_gate)
        {
            _running += isRunning ? 1 : -1;
            if (isRunning && _running == 1)
            {
                _stop = new CancellationTokenSource();
                _monitoring = MonitorAsync(_monitoring, _stop.Token);
            }
            else if (isRunning)
            {
                // Another replica has started, and those that wait for it should not wait for the next slow check.
                _wake.Release();
            }
            else if (_running == 0)
            {
                _stop?.Cancel();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task monitoring;
        lock (_gate)
        {
            _stop?.Cancel();
            monitoring = _monitoring;
        }

        await monitoring.ConfigureAwait(false);
        _stop?.Dispose();
        _wake.Dispose();
    }

    private async Task MonitorAsync(Task previous, CancellationToken cancellationToken)
    {
        await previous.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var isReady = false;
        try
        {
            while (true)
            {
                var healthy = await CheckAsync(cancellationToken).ConfigureAwait(false);
                if (healthy)
                {
                    isReady = isReady || await GetReadyAsync(cancellationToken).ConfigureAwait(false);
                    await PublishReadyAsync(isReady).ConfigureAwait(false);
                }

                await _wake.WaitAsync(healthy && isReady ? HealthyInterval : UnhealthyInterval, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The resource has stopped.
        }
    }

    private async Task<bool> CheckAsync(CancellationToken cancellationToken)
    {
        if (_keys.Count == 0)
        {
            return true;
        }

        var report = await checks.CheckHealthAsync(check => _keys.Contains(check.Name), cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        await PublishAsync(s => s with
        {
            HealthReports = [.. report.Entries.Select(e =>
                new HealthReportSnapshot(e.Key, e.Value.Status, e.Value.Description, e.Value.Exception?.Message))],
        }).ConfigureAwait(false);
        return report.Status == HealthStatus.Healthy;
    }

    private async Task<bool> GetReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await eventing.PublishAsync(new ResourceReadyEvent(resource, services), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Tried again: a server that has just said that it is healthy may still be taken away for a moment.
            var failure = new HealthReportSnapshot(ReadyCheck, HealthStatus.Unhealthy, "What follows its start has failed.", exception.Message);
            await PublishAsync(s => s with { HealthReports = [failure] }).ConfigureAwait(false);
            return false;
        }

        return true;
    }

    private async Task PublishReadyAsync(bool isReady)
    {
        if (isReady)
        {
            await PublishAsync(s => s with { IsReady = true, HealthReports = [.. s.HealthReports.Where(r => r.Name != ReadyCheck)] }).ConfigureAwait(false);
        }
    }

    // A process that has ended meanwhile keeps its last words: only one that runs has a health.
    private Task PublishAsync(Func<CustomResourceSnapshot, CustomResourceSnapshot> change) =>
        notifications.PublishUpdateAsync(resource, s => s.IsIn(KnownResourceStates.Running) ? change(s) : s);
}
