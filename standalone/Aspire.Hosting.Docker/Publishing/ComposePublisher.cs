using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Docker;
using Aspire.Hosting.Docker.Resources;
using Aspire.Hosting.Docker.Resources.ComposeNodes;
using Aspire.Hosting.Docker.Resources.ServiceNodes;

namespace Aspire.Hosting.Standalone;

/// <summary>Writes an application down for Docker Compose: a compose file, and a <c>.env</c> file for what it leaves open.</summary>
internal sealed class ComposePublisher(DockerComposeEnvironmentResource environment)
{
    private const string ComposeFileName = "docker-compose.yaml";
    private const string EnvFileName = ".env";
    private const string DefaultNetworkName = "aspire";
    private const string NetworkDriver = "bridge";
    private const string VolumeDriver = "local";

    public async Task<IReadOnlyList<string>> PublishAsync(PublishingContext context, CancellationToken cancellationToken)
    {
        // All of them before the first is written: each may refer to any other.
        AddServices(context.Model);
        var file = await BuildAsync(context.ExecutionContext, cancellationToken).ConfigureAwait(false);
        environment.ConfigureComposeFile?.Invoke(file);
        environment.ConfigureEnvFile?.Invoke(environment.CapturedEnvironmentVariables);

        Directory.CreateDirectory(context.OutputPath);
        var composePath = Path.Combine(context.OutputPath, ComposeFileName);
        await File.WriteAllTextAsync(composePath, file.ToYaml(), cancellationToken).ConfigureAwait(false);
        if (environment.CapturedEnvironmentVariables.Count == 0)
        {
            return [composePath];
        }

        var envPath = Path.Combine(context.OutputPath, EnvFileName);
        var variables = await EnvFile.LoadAsync(envPath, cancellationToken).ConfigureAwait(false);
        foreach (var (name, variable) in environment.CapturedEnvironmentVariables)
        {
            variables.AddMissing(name, variable.Description);
        }

        await variables.SaveAsync(envPath, cancellationToken).ConfigureAwait(false);
        return [composePath, envPath];
    }

    private void AddServices(DistributedApplicationModel model)
    {
        var ports = new ContainerPorts();
        IEnumerable<IResource> dashboard = environment is { DashboardEnabled: true, Dashboard.Resource: { } resource } ? [resource] : [];
        foreach (var target in dashboard.Concat(model.Resources.Where(RunsInContainer)))
        {
            var service = new DockerComposeServiceResource(target.Name, target, environment);
            ServiceEndpoint.AddTo(service, ports);
            environment.Services.Add(target.Name, service);
        }
    }

    private static bool RunsInContainer(IResource resource) =>
        resource is ProjectResource || resource.Annotations.OfType<ContainerImageAnnotation>().Any();

    private async Task<ComposeFile> BuildAsync(DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken)
    {
        var network = new Network { Name = environment.DefaultNetworkName ?? DefaultNetworkName, Driver = NetworkDriver };
        var file = new ComposeFile().AddNetwork(network);
        foreach (var service in environment.Services.Values)
        {
            var node = await new ServiceFactory(service, executionContext).CreateAsync(cancellationToken).ConfigureAwait(false);
            node.Networks.Add(network.Name);
            foreach (var volume in node.Volumes)
            {
                file.Volumes.TryAdd(volume.Name, new Volume { Name = volume.Name, Driver = VolumeDriver });
            }

            foreach (var customization in service.TargetResource.Annotations.OfType<DockerComposeServiceCustomizationAnnotation>())
            {
                customization.Configure(service, node);
            }

            file.AddService(node);
        }

        return file;
    }
}
