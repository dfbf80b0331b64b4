using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Standalone;

/// <summary>Starts every resource of the application as soon as what it waits for is there, and stops them in reverse.</summary>
internal sealed class Orchestrator(
    DistributedApplicationModel model,
    IServiceProvider services,
    IConfiguration configuration,
    StandaloneOptions options,
    ResourceNotificationService notifications,
    IDistributedApplicationEventing eventing,
    HealthCheckService checks,
    ProcessSpecFactory specs,
    IOutputSink sink,
    TimeProvider time) : IHostedService, IAsyncDisposable
{
    private const string LockFileName = "lock";
    private const string IdAlphabet = "abcdefghjkmnpqrstuvwxyz";
    private const int IdLength = 8;

    private readonly List<ResourceInstance> _instances = [];
    private readonly List<HealthMonitor> _monitors = [];
    private readonly List<TcpBalancer> _balancers = [];
    private readonly List<Task> _background = [];
    private readonly CancellationTokenSource _stopping = new();
    private ChildProcesses? _processes;
    private Task? _stopped;

    public IReadOnlyList<ResourceInstance> Instances => _instances;

    /// <summary>The processes meant by an id, or by a resource's name.</summary>
    public IReadOnlyList<ResourceInstance> Find(string idOrName)
    {
        var byId = _instances.Where(i => string.Equals(i.Id, idOrName, StringComparison.OrdinalIgnoreCase)).ToArray();
        return byId.Length > 0
            ? byId
            : [.. _instances.Where(i => string.Equals(i.Resource.Name, idOrName, StringComparison.OrdinalIgnoreCase))];
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        RequiredPrograms.Check(model.Resources);
        _processes = await StartProcessesAsync(cancellationToken).ConfigureAwait(false);
        var shared = new ResourceInstanceServices(
            services, notifications, eventing, specs, new DataDirectories(options.AppHostDirectory, _processes), _processes, time);

        // Every address is settled before anything starts: whoever refers to a resource need not wait for it to learn where it is.
        var randomize = configuration.GetValue(PortAllocator.RandomizeKey, defaultValue: false);
        foreach (var resource in model.Resources.Where(ProcessSpecFactory.CanRun).ToArray())
        {
            await AddAsync(resource, randomize, shared).ConfigureAwait(false);
        }

        foreach (var resource in model.Resources.Where(r => r is IResourceWithConnectionString).ToArray())
        {
            await eventing.PublishAsync(new ConnectionStringAvailableEvent(resource, services), cancellationToken).ConfigureAwait(false);
        }

        foreach (var child in model.Resources.OfType<IResourceWithParent>().Where(r => !ProcessSpecFactory.CanRun(r)).ToArray())
        {
            var follower = new ParentFollower(child, child.Parent, notifications, AddMonitor(child));
            _background.Add(RunQuietlyAsync(follower.FollowAsync(_stopping.Token)));
        }

        _background.AddRange(_instances.Select(instance => RunQuietlyAsync(Task.Run(() => instance.StartAsync(_stopping.Token), cancellationToken))));
    }

    public Task StopAsync(CancellationToken cancellationToken) => _stopped ??= StopCoreAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        _stopping.Dispose();
        _instances.ForEach(instance => instance.Dispose());
    }

    private async Task<ChildProcesses> StartProcessesAsync(CancellationToken cancellationToken)
    {
        if (!StandaloneHome.IsNeededBy(model.Resources))
        {
            return await ChildProcesses.StartAsync(lockFile: null, onWaiting: () => { }, cancellationToken).ConfigureAwait(false);
        }

        var home = StandaloneHome.Create(StandaloneHome.Locate(options.AppHostDirectory));
        try
        {
            return await ChildProcesses.StartAsync(
                Path.Combine(home, LockFileName),
                () => sink.WriteLine($"Waiting for the processes of an earlier host, which still use {home}, to end."),
                cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidOperationException exception)
        {
            throw new DistributedApplicationException(exception.Message, exception);
        }
    }

    private async Task AddAsync(IResource resource, bool randomize, ResourceInstanceServices shared)
    {
        var replicas = resource.GetReplicaCount();
        var ports = ResourcePorts.Allocate(resource, replicas, randomize);
        var urls = await ResourceUrls.MakeAsync(resource, shared.Provider.GetRequiredService<DistributedApplicationExecutionContext>(), _stopping.Token)
            .ConfigureAwait(false);
        var monitor = AddMonitor(resource);
        foreach (var port in ports)
        {
            var id = $"{resource.Name}-{RandomNumberGenerator.GetString(IdAlphabet, IdLength)}";
            var name = replicas == 1 ? resource.Name : $"{resource.Name}.{port.Replica + 1}";
            var instance = new ResourceInstance(resource, id, port, new ResourceOutput(name, sink, time), shared)
            {
                OnRunningChanged = monitor.OnRunningChanged,
            };
            _instances.Add(instance);
            await notifications.PublishUpdateAsync(resource, id, s => s with { State = KnownResourceStates.NotStarted, Urls = urls }).ConfigureAwait(false);
        }

        if (replicas > 1)
        {
            _balancers.AddRange(resource.Annotations.OfType<EndpointAnnotation>()
                .Select(e => new TcpBalancer(e.AllocatedEndpoint!.Port, [.. ports.Select(p => p.TargetPort(e.Name))])));
        }
    }

    private HealthMonitor AddMonitor(IResource resource)
    {
        var monitor = new HealthMonitor(resource, checks, notifications, eventing, services);
        _monitors.Add(monitor);
        return monitor;
    }

    private async Task StopCoreAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        _processes?.AnnounceStop();

        // What has ended would be a layer of its own, and keep what it depends on from stopping beside others.
        var ended = _instances.Where(i => i.HasEnded).ToArray();
        await Task.WhenAll(ended.Select(i => i.ShutDownAsync(cancellationToken))).ConfigureAwait(false);

        // Who depends on others goes first: a service that stops in order may still have something to write.
        var left = _instances.Except(ended).ToArray();
        foreach (var layer in StopOrder.Layers(left.Select(i => i.Resource).Distinct()))
        {
            await Task.WhenAll(left.Where(i => layer.Contains(i.Resource)).Select(i => i.ShutDownAsync(cancellationToken))).ConfigureAwait(false);
        }

        await Task.WhenAll(_background).ConfigureAwait(false);
        foreach (var monitor in _monitors)
        {
            await monitor.DisposeAsync().ConfigureAwait(false);
        }

        foreach (var balancer in _balancers)
        {
            await balancer.DisposeAsync().ConfigureAwait(false);
        }

        if (_processes is not null)
        {
            await _processes.DisposeAsync().ConfigureAwait(false);
        }
    }

    // What goes wrong is in the resource's state; the task itself is only waited for.
    private static async Task RunQuietlyAsync(Task task)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is DistributedApplicationException or OperationCanceledException)
        {
        }
    }
}
