using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Standalone;

/// <summary>
/// Gives a resource without a process of its own, such as a database, the state of the resource it lives in. It runs once its
/// parent is ready, which includes that the parent's handlers have created it.
/// </summary>
internal sealed class ParentFollower(IResource resource, IResource parent, ResourceNotificationService notifications, HealthMonitor health)
{
    private bool _isRunning;

    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        await notifications.PublishUpdateAsync(resource, s => s with { State = KnownResourceStates.NotStarted }).ConfigureAwait(false);
        await foreach (var change in notifications.WatchAsync(cancellationToken).ConfigureAwait(false))
        {
            if (change.Resource == parent)
            {
                await FollowAsync(change.Snapshot).ConfigureAwait(false);
            }
        }
    }

    private async Task FollowAsync(CustomResourceSnapshot snapshot)
    {
        var runs = snapshot.IsReady || (_isRunning && snapshot.IsIn(KnownResourceStates.Running));
        var state = runs || !snapshot.IsIn(KnownResourceStates.Running) ? snapshot.State : KnownResourceStates.Starting;
        await notifications.PublishUpdateAsync(resource, s => s with
        {
            State = state,
            ExitCode = snapshot.ExitCode,
            StartTimeStamp = snapshot.StartTimeStamp,
            StopTimeStamp = snapshot.StopTimeStamp,
            WasStopped = snapshot.WasStopped,
            FailureReason = snapshot.FailureReason is null ? null : $"its server '{parent.Name}' cannot start",
            IsReady = runs && s.IsReady,
            HealthReports = runs ? s.HealthReports : [],
        }).ConfigureAwait(false);
        if (runs != _isRunning)
        {
            _isRunning = runs;
            health.OnRunningChanged(runs);
        }
    }
}
