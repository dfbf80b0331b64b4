using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PulseBoard.Bench.Systems;

/// <summary>
/// The whole system, as the AppHost runs it: on ports of its own, with servers whose data are thrown away afterwards, so that it
/// disturbs nothing that runs beside it. Its parts can be stopped, killed, suspended and started again.
/// </summary>
internal sealed class PulseBoardSystem : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan CommandLimit = TimeSpan.FromMinutes(2);

    private static readonly string[] Services = ["activity", "analytics", "dashboard", "web"];

    private readonly DistributedApplication _application;

    private PulseBoardSystem(DistributedApplication application) => _application = application;

    /// <summary>Starts everything, and waits until every service is healthy.</summary>
    /// <param name="options">How it differs from what the AppHost describes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<PulseBoardSystem> StartAsync(SystemOptions options, CancellationToken cancellationToken = default)
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.PulseBoard_AppHost>(
            [], (application, _) => application.DisableDashboard = !options.HasDashboard, cancellationToken);
        Configure(builder, options);
        var system = new PulseBoardSystem(await builder.BuildAsync(cancellationToken));
        try
        {
            using var limit = Limit(StartLimit, cancellationToken);
            await system._application.StartAsync(limit.Token);
            foreach (var service in Services)
            {
                await system._application.ResourceNotifications.WaitForResourceHealthyAsync(service, limit.Token);
            }

            return system;
        }
        catch
        {
            // Nobody else can: its processes would stay until this one ends.
            await system.DisposeAsync();
            throw;
        }
    }

    /// <summary>The services of its host.</summary>
    public IServiceProvider HostServices => _application.Services;

    /// <summary>The address of a service.</summary>
    public Uri Address(string service) => _application.GetEndpoint(service, "http");

    /// <summary>A client of a service.</summary>
    public HttpClient CreateClient(string service) => _application.CreateHttpClient(service, "http");

    /// <summary>How services connect to a server or a database.</summary>
    public async Task<string> ConnectionStringAsync(string resource, CancellationToken cancellationToken = default) =>
        await _application.GetConnectionStringAsync(resource, cancellationToken)
            ?? throw new InvalidOperationException($"'{resource}' has no connection string.");

    /// <summary>Stops a part, gracefully.</summary>
    public Task StopAsync(string resource, CancellationToken cancellationToken = default) =>
        ExecuteAsync(resource, KnownResourceCommands.StopCommand, cancellationToken);

    /// <summary>Starts a part that has ended, and waits until it is healthy.</summary>
    public async Task StartAsync(string resource, CancellationToken cancellationToken = default)
    {
        await ExecuteAsync(resource, KnownResourceCommands.StartCommand, cancellationToken);
        using var limit = Limit(CommandLimit, cancellationToken);
        await _application.ResourceNotifications.WaitForResourceHealthyAsync(resource, limit.Token);
    }

    /// <summary>Starts a part again, whatever it does now.</summary>
    public Task RestartAsync(string resource, CancellationToken cancellationToken = default) =>
        ExecuteAsync(resource, KnownResourceCommands.RestartCommand, cancellationToken);

    /// <summary>Ends a part with SIGKILL, and waits until it is seen to have ended.</summary>
    public async Task KillAsync(string resource, CancellationToken cancellationToken = default)
    {
        await ResourceProcess.Of(Snapshot(resource)).KillAsync(cancellationToken);
        using var limit = Limit(CommandLimit, cancellationToken);
        await _application.ResourceNotifications.WaitForResourceAsync(
            resource, [KnownResourceStates.Finished, KnownResourceStates.Exited], limit.Token);
    }

    /// <summary>Holds a part where it is: its connections stay open, and nobody answers on them.</summary>
    public Task SuspendAsync(string resource, CancellationToken cancellationToken = default) =>
        ResourceProcess.Of(Snapshot(resource)).SuspendAsync(cancellationToken);

    /// <summary>Lets a suspended part go on.</summary>
    public Task ResumeAsync(string resource, CancellationToken cancellationToken = default) =>
        ResourceProcess.Of(Snapshot(resource)).ResumeAsync(cancellationToken);

    /// <summary>The process id of a service, or null while it does not run.</summary>
    public int? ProcessId(string service) => ResourceProcess.IdOf(Snapshot(service));

    /// <summary>Whether a part's process runs.</summary>
    public bool IsRunning(string resource) => Snapshot(resource).State?.Text == KnownResourceStates.Running;

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static void Configure(IDistributedApplicationTestingBuilder builder, SystemOptions options)
    {
        foreach (var resource in builder.Resources)
        {
            // The volumes hold the data of whoever runs PulseBoard on this machine.
            foreach (var mount in resource.Annotations.OfType<ContainerMountAnnotation>().Where(mount => mount.Type == ContainerMountType.Volume).ToArray())
            {
                resource.Annotations.Remove(mount);
            }
        }

        if (!options.Management)
        {
            var rabbitmq = builder.Resources.Single(resource => resource.Name == "rabbitmq");
            rabbitmq.Annotations.Remove(rabbitmq.Annotations.OfType<EndpointAnnotation>().Single(endpoint => endpoint.Name == "management"));
        }

        for (var worker = 2; worker <= options.Workers; worker++)
        {
            builder.AddProject<Projects.PulseBoard_Analytics>($"analytics-{worker}")
                .WithReference(Resource<PostgresDatabaseResource>("pulseboard-db"))
                .WithReference(Resource<RabbitMQServerResource>("rabbitmq"))
                .WithReference(Resource<RedisResource>("redis"))
                .WaitForCompletion(Resource<ProjectResource>("migrator"))
                .WithHttpHealthCheck("/health");
        }

        foreach (var project in builder.Resources.OfType<ProjectResource>().ToArray())
        {
            var service = builder.CreateResourceBuilder(project);
            foreach (var variable in options.Variables.Where(variable => variable.Service is null || variable.Service == project.Name))
            {
                service.WithEnvironment(variable.Name, variable.Value);
            }
        }

        if (options.LogFolder is { } folder)
        {
            builder.Services.AddLogging(logging => logging.ClearProviders().AddProvider(new ResourceLogFiles(folder)));
        }

        IResourceBuilder<T> Resource<T>(string name)
            where T : IResource => builder.CreateResourceBuilder(builder.Resources.OfType<T>().Single(resource => resource.Name == name));
    }

    private static CancellationTokenSource Limit(TimeSpan limit, CancellationToken cancellationToken)
    {
        var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        linked.CancelAfter(limit);
        return linked;
    }

    private CustomResourceSnapshot Snapshot(string resource) =>
        _application.ResourceNotifications.TryGetCurrentState(resource, out var current)
            ? current.Snapshot
            : throw new InvalidOperationException($"'{resource}' is unknown.");

    private async Task ExecuteAsync(string resource, string command, CancellationToken cancellationToken)
    {
        using var limit = Limit(CommandLimit, cancellationToken);
        var result = await _application.ResourceCommands.ExecuteCommandAsync(resource, command, limit.Token);
        if (!result.Success)
        {
            throw new InvalidOperationException($"{command} {resource}: {result.ErrorMessage}");
        }
    }
}
