using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Tells how the resources do.</summary>
public class ResourceNotificationService : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ResourceEvent> _latest = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Channel<ResourceEvent>> _watchers = [];
    private long _version;
    private bool _disposed;

    internal ResourceNotificationService()
    {
    }

    /// <summary>Waits for a resource to be in a state.</summary>
    /// <param name="resourceName">The resource's name.</param>
    /// <param name="targetState">The state; by default running.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when one of its processes is in that state.</returns>
    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default) =>
        WaitForResourceAsync(resourceName, [targetState ?? KnownResourceStates.Running], cancellationToken);

    /// <summary>Waits for a resource to be in one of several states.</summary>
    /// <param name="resourceName">The resource's name.</param>
    /// <param name="targetStates">The states.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The state that one of its processes is in.</returns>
    public async Task<string> WaitForResourceAsync(string resourceName, IEnumerable<string> targetStates, CancellationToken cancellationToken = default)
    {
        var states = targetStates.ToHashSet(StringComparer.Ordinal);
        var reached = await WaitForResourceAsync(resourceName, e => e.Snapshot.State is { } state && states.Contains(state.Text), cancellationToken)
            .ConfigureAwait(false);
        return reached.Snapshot.State!.Text;
    }

    /// <summary>Waits for something to be true of a resource.</summary>
    /// <param name="resourceName">The resource's name.</param>
    /// <param name="predicate">What must be true.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The event that made it true.</returns>
    public async Task<ResourceEvent> WaitForResourceAsync(string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default)
    {
        await foreach (var change in WatchAsync(cancellationToken).ConfigureAwait(false))
        {
            if (string.Equals(change.Resource.Name, resourceName, StringComparison.OrdinalIgnoreCase) && predicate(change))
            {
                return change;
            }
        }

        throw new OperationCanceledException($"The application ended while '{resourceName}' was waited for.");
    }

    /// <summary>Waits for a resource to run and be healthy.</summary>
    /// <param name="resourceName">The resource's name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The event that made it so.</returns>
    /// <exception cref="DistributedApplicationException">The resource failed.</exception>
    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default) =>
        WaitForResourceHealthyAsync(resourceName, WaitBehavior.StopOnResourceUnavailable, cancellationToken);

    /// <summary>Waits for a resource to run and be healthy.</summary>
    /// <param name="resourceName">The resource's name.</param>
    /// <param name="waitBehavior">What happens when it fails.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The event that made it so.</returns>
    /// <exception cref="DistributedApplicationException">The resource failed, and that ends the wait.</exception>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, WaitBehavior waitBehavior, CancellationToken cancellationToken = default)
    {
        var reached = await WaitForResourceAsync(
            resourceName,
            e => IsHealthy(e.Snapshot) || (waitBehavior == WaitBehavior.StopOnResourceUnavailable && e.Snapshot.IsTerminal),
            cancellationToken).ConfigureAwait(false);
        return IsHealthy(reached.Snapshot)
            ? reached
            : throw new DistributedApplicationException(
                $"The resource '{resourceName}' cannot become healthy: it is {Describe(reached.Snapshot)}.");
    }

    /// <summary>Waits for everything that a resource was told to wait for.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when the resource may start.</returns>
    /// <exception cref="DistributedApplicationException">What it waits for has failed.</exception>
    public Task WaitForDependenciesAsync(IResource resource, CancellationToken cancellationToken) =>
        Task.WhenAll(resource.Annotations.OfType<WaitAnnotation>()
            .SelectMany(wait => IdsOf(wait.Resource).Select(id => WaitForDependencyAsync(wait, id, cancellationToken))));

    /// <summary>How a process of a resource does now.</summary>
    /// <param name="resourceId">The id of the process, as events carry it; or the resource's name, where it has one process.</param>
    /// <param name="resourceEvent">The latest event.</param>
    /// <returns>Whether there is such a process.</returns>
    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent)
    {
        lock (_gate)
        {
            if (!_latest.TryGetValue(resourceId, out resourceEvent)
                && _latest.Values.Where(latest => StringComparer.OrdinalIgnoreCase.Equals(latest.Resource.Name, resourceId)).Take(2).ToArray() is [var only])
            {
                resourceEvent = only;
            }

            return resourceEvent is not null;
        }
    }

    /// <summary>How every resource does now, and every change from then on.</summary>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <returns>The stream; it ends when the application is disposed of.</returns>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<ResourceEvent>(new UnboundedChannelOptions { SingleReader = true });
        lock (_gate)
        {
            foreach (var latest in _latest.Values)
            {
                channel.Writer.TryWrite(latest);
            }

            if (_disposed)
            {
                channel.Writer.Complete();
            }

            _watchers.Add(channel);
        }

        try
        {
            await foreach (var change in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return change;
            }
        }
        finally
        {
            lock (_gate)
            {
                _watchers.Remove(channel);
            }
        }
    }

    /// <summary>Records a change of one process of a resource.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="resourceId">The id of the process.</param>
    /// <param name="stateFactory">Makes the next snapshot from the latest.</param>
    /// <returns>A task that ends when it is recorded.</returns>
    public Task PublishUpdateAsync(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        lock (_gate)
        {
            var previous = _latest.TryGetValue(resourceId, out var latest)
                ? latest.Snapshot
                : new CustomResourceSnapshot { ResourceType = TypeOf(resource), Properties = [] };
            var next = new ResourceEvent(resource, resourceId, stateFactory(previous));
            _latest[resourceId] = next;
            Interlocked.Increment(ref _version);
            foreach (var watcher in _watchers)
            {
                watcher.Writer.TryWrite(next);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Records a change of every process of a resource.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="stateFactory">Makes the next snapshot from the latest.</param>
    /// <returns>A task that ends when it is recorded.</returns>
    public async Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        foreach (var id in IdsOf(resource))
        {
            await PublishUpdateAsync(resource, id, stateFactory).ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            foreach (var watcher in _watchers)
            {
                watcher.Writer.TryComplete();
            }
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>How many changes there were.</summary>
    internal long Version => Interlocked.Read(ref _version);

    internal IReadOnlyList<ResourceEvent> Latest()
    {
        lock (_gate)
        {
            return [.. _latest.Values];
        }
    }

    internal static bool IsHealthy(CustomResourceSnapshot snapshot) => snapshot is { HealthStatus: HealthStatus.Healthy, IsReady: true };

    internal static string Describe(CustomResourceSnapshot snapshot)
    {
        var text = snapshot.State?.Text ?? KnownResourceStates.NotStarted;
        if (snapshot.ExitCode is { } exitCode)
        {
            text += $" (exit code {exitCode})";
        }

        return snapshot.FailureReason is { } reason ? $"{text} ({reason})" : text;
    }

    private static string TypeOf(IResource resource) => resource switch
    {
        ProjectResource => "Project",
        ExecutableResource => "Executable",
        ContainerResource => "Container",
        ParameterResource => "Parameter",
        _ => resource.GetType().Name,
    };

    private string[] IdsOf(IResource resource)
    {
        lock (_gate)
        {
            var ids = _latest.Values.Where(e => e.Resource == resource).Select(e => e.ResourceId).ToArray();
            return ids.Length > 0 ? ids : [resource.Name];
        }
    }

    private async Task WaitForDependencyAsync(WaitAnnotation wait, string id, CancellationToken cancellationToken)
    {
        var stops = wait.WaitBehavior is not WaitBehavior.WaitOnResourceUnavailable;
        var reached = await WaitForResourceAsync(
            wait.Resource.Name,
            e => e.ResourceId == id && (IsMet(wait, e.Snapshot) || (stops && e.Snapshot.IsTerminal)),
            cancellationToken).ConfigureAwait(false);
        if (!IsMet(wait, reached.Snapshot))
        {
            throw new DistributedApplicationException($"'{wait.Resource.Name}', which it waits for, is {Describe(reached.Snapshot)}");
        }
    }

    private static bool IsMet(WaitAnnotation wait, CustomResourceSnapshot snapshot) => wait.WaitType switch
    {
        WaitType.WaitUntilStarted => snapshot.IsIn(KnownResourceStates.Running),
        WaitType.WaitForCompletion => (snapshot.IsIn(KnownResourceStates.Finished) || snapshot.IsIn(KnownResourceStates.Exited))
            && snapshot.ExitCode == wait.ExitCode,
        _ => IsHealthy(snapshot),
    };
}
