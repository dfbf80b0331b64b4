using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Standalone;

/// <summary>One process of a resource, over all its starts and stops.</summary>
internal sealed class ResourceInstance(
    IResource resource,
    string id,
    ResourcePorts ports,
    ResourceOutput output,
    ResourceInstanceServices services) : IDisposable
{
    private const string ProcessIdProperty = "executable.pid";

    private readonly SemaphoreSlim _commands = new(1, 1);
    private readonly CancellationTokenSource _abandoned = new();
    private ChildProcess? _process;
    private Task _watching = Task.CompletedTask;

    public IResource Resource { get; } = resource;

    /// <summary>The resource's name, a hyphen and <see cref="Suffix"/>.</summary>
    public string Id { get; } = id;

    public string Suffix { get; } = id[(resource.Name.Length + 1)..];

    public ResourcePorts Ports { get; } = ports;

    public ResourceOutput Output { get; } = output;

    /// <summary>What was started last; null before that.</summary>
    public ProcessSpec? Spec { get; private set; }

    /// <summary>Whether its process has ended, and no command is starting it again.</summary>
    public bool HasEnded => _process is { Exited.IsCompleted: true } && _commands.CurrentCount > 0;

    /// <summary>Called with true when the process runs, and with false when it has ended.</summary>
    public Action<bool> OnRunningChanged { get; set; } = _ => { };

    /// <summary>Waits for what it was told to wait for, and starts the process.</summary>
    /// <exception cref="DistributedApplicationException">It runs already, or it cannot start.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _abandoned.Token);
        await _commands.WaitAsync(either.Token).ConfigureAwait(false);
        try
        {
            if (_process is { Exited.IsCompleted: false })
            {
                throw new DistributedApplicationException($"'{Resource.Name}' runs already.");
            }

            await _watching.ConfigureAwait(false);
            await StartCoreAsync(either.Token).ConfigureAwait(false);
        }
        finally
        {
            _commands.Release();
        }
    }

    /// <summary>Asks the process to stop, and kills it when it takes too long.</summary>
    /// <exception cref="DistributedApplicationException">It does not run.</exception>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _commands.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_process is not { Exited.IsCompleted: false } process)
            {
                throw new DistributedApplicationException($"'{Resource.Name}' does not run.");
            }

            await StopCoreAsync(process, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _commands.Release();
        }
    }

    /// <summary>Stops the process where it runs, and starts it.</summary>
    /// <exception cref="DistributedApplicationException">It cannot start.</exception>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        if (_process is { Exited.IsCompleted: false })
        {
            await StopAsync(cancellationToken).ConfigureAwait(false);
        }

        await StartAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives up a start that is under way and stops the process; for the end of the application.</summary>
    public async Task ShutDownAsync(CancellationToken cancellationToken)
    {
        await _abandoned.CancelAsync().ConfigureAwait(false);
        await _commands.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        if (_process is { Exited.IsCompleted: false } process)
        {
            await StopCoreAsync(process, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _commands.Dispose();
        _abandoned.Dispose();
    }

    private async Task StartCoreAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (Resource.Annotations.OfType<WaitAnnotation>().Any())
            {
                await PublishAsync(s => Reset(s) with { State = KnownResourceStates.Waiting }).ConfigureAwait(false);
                await services.Notifications.WaitForDependenciesAsync(Resource, cancellationToken).ConfigureAwait(false);
            }

            await PublishAsync(s => Reset(s) with { State = KnownResourceStates.Starting }).ConfigureAwait(false);
            await services.Eventing.PublishAsync(new BeforeResourceStartedEvent(Resource, services.Provider), cancellationToken).ConfigureAwait(false);
            if (Ports.FindTaken() is { } port)
            {
                throw new DistributedApplicationException($"port {port} is taken by another process");
            }

            var spec = await services.Specs.CreateAsync(this, services.Data, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            Spec = spec;
            var process = services.Processes.Start(spec, Output.Write);
            _process = process;
            await PublishAsync(s => s with
            {
                State = KnownResourceStates.Running,
                StartTimeStamp = services.Time.GetUtcNow().UtcDateTime,
                Properties = [new ResourcePropertySnapshot(ProcessIdProperty, process.Id)],
                HealthReports = [.. Resource.Annotations.OfType<HealthCheckAnnotation>().Select(a => new HealthReportSnapshot(a.Key, null, null, null))],
            }).ConfigureAwait(false);
            OnRunningChanged(true);
            _watching = WatchAsync(process);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            await PublishAsync(s => s with { State = KnownResourceStates.FailedToStart, FailureReason = exception.Message }).ConfigureAwait(false);
            throw new DistributedApplicationException($"'{Resource.Name}' cannot start: {exception.Message}", exception);
        }
        catch (OperationCanceledException)
        {
            await PublishAsync(s => s with { State = KnownResourceStates.NotStarted }).ConfigureAwait(false);
            throw;
        }
    }

    private async Task StopCoreAsync(ChildProcess process, CancellationToken cancellationToken)
    {
        await PublishAsync(s => s with { State = KnownResourceStates.Stopping, WasStopped = true }).ConfigureAwait(false);
        await process.StopAsync(cancellationToken).ConfigureAwait(false);
        await _watching.ConfigureAwait(false);
    }

    private async Task WatchAsync(ChildProcess process)
    {
        var exitCode = await process.Exited.ConfigureAwait(false);
        OnRunningChanged(false);

        var state = Resource is ContainerResource ? KnownResourceStates.Exited : KnownResourceStates.Finished;
        await PublishAsync(s => s with
        {
            State = state,
            ExitCode = exitCode,
            StopTimeStamp = services.Time.GetUtcNow().UtcDateTime,
            HealthReports = [],
            IsReady = false,
        }).ConfigureAwait(false);
    }

    private static CustomResourceSnapshot Reset(CustomResourceSnapshot snapshot) => snapshot with
    {
        ExitCode = null,
        StartTimeStamp = null,
        StopTimeStamp = null,
        Properties = [],
        HealthReports = ImmutableArray<HealthReportSnapshot>.Empty,
        FailureReason = null,
        IsReady = false,
        WasStopped = false,
    };

    private Task PublishAsync(Func<CustomResourceSnapshot, CustomResourceSnapshot> change) =>
        services.Notifications.PublishUpdateAsync(Resource, Id, change);
}
