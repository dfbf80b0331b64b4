using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Standalone;

/// <summary>Says what to start for a process of a project, a program or a server.</summary>
internal sealed class ProcessSpecFactory(ResourceEnvironment environment, DashboardService? dashboard = null)
{
    private const string TargetPathKeyPrefix = "standalone-target-path:";

    public static bool CanRun(IResource resource) =>
        resource is ProjectResource or ExecutableResource || resource.Annotations.OfType<NativeServerAnnotation>().Any();

    public async Task<ProcessSpec> CreateAsync(ResourceInstance instance, DataDirectories data, CancellationToken cancellationToken)
    {
        var resource = instance.Resource;
        if (resource.TryGetLastAnnotation<NativeServerAnnotation>(out var server))
        {
            var context = new NativeServerContext
            {
                Resource = resource,
                DataDirectory = data.For(resource),
                EndpointPorts = instance.Ports.TargetPort,
                ReservedPorts = instance.Ports.Reserve,
            };
            return await server.Prepare(context, cancellationToken).ConfigureAwait(false);
        }

        var variables = await environment.VariablesAsync(resource, cancellationToken).ConfigureAwait(false);
        var arguments = await ResourceEnvironment.ArgumentsAsync(resource, cancellationToken).ConfigureAwait(false);
        AddPorts(instance, variables);
        return resource switch
        {
            ProjectResource project => ForProject(project, instance, variables, arguments),
            ExecutableResource executable => new ProcessSpec
            {
                Name = resource.Name,
                FileName = executable.Command,
                Arguments = arguments,
                Environment = variables,
                WorkingDirectory = executable.WorkingDirectory,
            },
            _ => throw new DistributedApplicationException(
                $"'{resource.Name}' runs in a container only; standalone mode has no native server for it."),
        };
    }

    private ProcessSpec ForProject(
        ProjectResource project,
        ResourceInstance instance,
        Dictionary<string, string?> variables,
        List<string> arguments)
    {
        if (!project.TryGetLastAnnotation<IProjectMetadata>(out var metadata))
        {
            throw new DistributedApplicationException("the model does not say where its project lies");
        }

        var assembly = TargetPath(metadata);
        if (!File.Exists(assembly))
        {
            throw new DistributedApplicationException($"it was not built: '{assembly}' is missing");
        }

        var urls = project.Annotations.OfType<EndpointAnnotation>()
            .Where(e => e.UriScheme is "http" or "https")
            .Select(e => string.Create(CultureInfo.InvariantCulture, $"{e.UriScheme}://{e.TargetHost}:{instance.Ports.TargetPort(e.Name)}"))
            .ToArray();
        if (urls.Length > 0)
        {
            variables["ASPNETCORE_URLS"] = string.Join(';', urls);
        }

        foreach (var (variable, value) in dashboard?.Variables() ?? [])
        {
            // Who runs the service may have it tell somebody else.
            variables.TryAdd(variable, value);
        }

        variables["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={instance.Suffix}";
        return new ProcessSpec
        {
            Name = project.Name,
            FileName = DotNetHost(),
            Arguments = [assembly, .. arguments],
            Environment = variables,
            WorkingDirectory = Path.GetDirectoryName(metadata.ProjectPath)!,
        };
    }

    private static void AddPorts(ResourceInstance instance, Dictionary<string, string?> variables)
    {
        foreach (var endpoint in instance.Resource.Annotations.OfType<EndpointAnnotation>())
        {
            if (endpoint.TargetPortEnvironmentVariable is { } variable)
            {
                variables[variable] = instance.Ports.TargetPort(endpoint.Name).ToString(CultureInfo.InvariantCulture);
            }
        }
    }

    // The host's build writes the path of what it built beside the generated project classes.
    private static string TargetPath(IProjectMetadata metadata) =>
        metadata.GetType().Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(a => a.Key == TargetPathKeyPrefix + metadata.ProjectPath)?.Value
        ?? throw new DistributedApplicationException($"the build did not record what '{metadata.ProjectPath}' builds");

    // The one that runs this host: another on PATH may lack the runtime that the projects were built for.
    private static string DotNetHost()
    {
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var host = Path.Combine(root, "dotnet");
        return File.Exists(host) ? host : "dotnet";
    }
}
