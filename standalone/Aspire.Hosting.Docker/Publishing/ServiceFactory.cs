using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Docker;
using Aspire.Hosting.Docker.Resources.ComposeNodes;
using Aspire.Hosting.Docker.Resources.ServiceNodes;

namespace Aspire.Hosting.Standalone;

/// <summary>Makes the service of a resource from what the model says about it.</summary>
internal sealed partial class ServiceFactory(DockerComposeServiceResource service, DistributedApplicationExecutionContext executionContext)
{
    private static readonly string[] Shells = ["sh", "bash", "/bin/sh", "/bin/bash", "/usr/bin/sh", "/usr/bin/bash"];

    private readonly IResource _resource = service.TargetResource;
    private readonly ComposeValue _value = new(service);

    public async Task<Service> CreateAsync(CancellationToken cancellationToken)
    {
        var node = new Service { Name = NameOf(_resource), Image = Image() };
        var entrypoint = (_resource as ContainerResource)?.Entrypoint;
        if (entrypoint is not null)
        {
            node.Entrypoint.Add(entrypoint);
        }

        foreach (var (name, value) in await VariablesAsync(cancellationToken).ConfigureAwait(false))
        {
            node.Environment[name] = _value.Write(value);
        }

        foreach (var argument in await ArgumentsAsync(cancellationToken).ConfigureAwait(false))
        {
            // What is the shell's to put in must not be taken for one of the compose file's own placeholders.
            node.Command.Add(Shells.Contains(entrypoint) ? ShellVariable().Replace(argument, "$$$$") : argument);
        }

        AddPorts(node);
        AddVolumes(node);
        AddDependencies(node);
        return node;
    }

    private static string NameOf(IResource resource) => resource.Name.ToLowerInvariant();

    private string? Image() => _resource.TryGetLastAnnotation<ContainerImageAnnotation>(out var image)
        ? $"{(string.IsNullOrEmpty(image.Registry) ? "" : image.Registry + "/")}{image.Image}{(image.SHA256 is null ? ":" + image.Tag : "@sha256:" + image.SHA256)}"
        : service.ImagePlaceholder();

    private async Task<Dictionary<string, object>> VariablesAsync(CancellationToken cancellationToken)
    {
        var context = new EnvironmentCallbackContext(executionContext, _resource, cancellationToken: cancellationToken);
        foreach (var annotation in _resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToArray())
        {
            await annotation.Callback(context).ConfigureAwait(false);
        }

        var variables = context.EnvironmentVariables;
        AddTelemetry(variables);

        // No certificates inside the network. Service discovery prefers https, and would take what does not answer.
        foreach (var (name, value) in variables.ToArray())
        {
            if (name.StartsWith("services__", StringComparison.Ordinal) && value is EndpointReference { IsHttps: true })
            {
                variables.Remove(name);
            }
        }

        return variables;
    }

    private void AddTelemetry(Dictionary<string, object> variables)
    {
        if (_resource is ProjectResource && service.Parent is { DashboardEnabled: true, Dashboard.Resource.OtlpGrpcEndpoint: var endpoint })
        {
            variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint;
            variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc";
            variables["OTEL_SERVICE_NAME"] = _resource.Name;
        }
    }

    private async Task<IEnumerable<string>> ArgumentsAsync(CancellationToken cancellationToken)
    {
        var context = new CommandLineArgsCallbackContext([], cancellationToken);
        foreach (var annotation in _resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToArray())
        {
            await annotation.Callback(context).ConfigureAwait(false);
        }

        return context.Args.Select(_value.Write);
    }

    private void AddPorts(Service node)
    {
        var endpoints = service.Endpoints.Values;
        node.Ports.AddRange(endpoints.Where(e => e.IsExternal).Select(e => e.PublishedPort).Distinct());
        node.Expose.AddRange(endpoints.Where(e => !e.IsExternal).Select(e => e.InternalPort).Distinct());
    }

    private void AddVolumes(Service node)
    {
        foreach (var mount in _resource.Annotations.OfType<ContainerMountAnnotation>())
        {
            if (mount is not { Type: ContainerMountType.Volume, Source: { } source })
            {
                throw new DistributedApplicationException($"The mount '{mount.Target}' of '{_resource.Name}' is not a volume with a name.");
            }

            node.AddVolume(new Volume { Name = source, Source = source, Target = mount.Target, Type = "volume", ReadOnly = mount.IsReadOnly });
        }
    }

    private void AddDependencies(Service node)
    {
        foreach (var wait in _resource.Annotations.OfType<WaitAnnotation>().Where(w => service.Parent.Services.ContainsKey(w.Resource.Name)))
        {
            node.DependsOn[NameOf(wait.Resource)] = new ServiceDependency
            {
                Condition = wait.WaitType is WaitType.WaitForCompletion ? "service_completed_successfully" : "service_started",
            };
        }
    }

    [GeneratedRegex(@"(?<!\$)\$(?=[A-Za-z_{])")]
    private static partial Regex ShellVariable();
}
