using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Docker.Resources;

namespace Aspire.Hosting.Docker;

/// <summary>A place that runs an application with Docker Compose.</summary>
/// <param name="name">The resource's name.</param>
public class DockerComposeEnvironmentResource(string name) : Resource(name), IComputeEnvironmentResource
{
    /// <summary>The network that joins the services; null: <c>aspire</c>.</summary>
    public string? DefaultNetworkName { get; set; }

    /// <summary>Whether the environment has an Aspire dashboard.</summary>
    public bool DashboardEnabled { get; set; } = true;

    internal IResourceBuilder<DockerComposeAspireDashboardResource>? Dashboard { get; init; }

    internal Action<ComposeFile>? ConfigureComposeFile { get; set; }

    internal Action<IDictionary<string, CapturedEnvironmentVariable>>? ConfigureEnvFile { get; set; }

    internal Dictionary<string, CapturedEnvironmentVariable> CapturedEnvironmentVariables { get; } = [];

    /// <summary>The services, by the names of the resources they are made from.</summary>
    internal Dictionary<string, DockerComposeServiceResource> Services { get; } = [];

    /// <summary>Leaves a value open for the <c>.env</c> file, and returns what stands for it in the compose file.</summary>
    internal string Capture(string variable, string? description, string? defaultValue, object source)
    {
        CapturedEnvironmentVariables[variable] = new CapturedEnvironmentVariable
        {
            Name = variable,
            Description = description,
            DefaultValue = defaultValue,
            Source = source,
        };
        return $"${{{variable}}}";
    }
}
