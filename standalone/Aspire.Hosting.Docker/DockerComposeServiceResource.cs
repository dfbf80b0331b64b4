using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Standalone;

namespace Aspire.Hosting.Docker;

/// <summary>A resource of the model as a service of a compose environment.</summary>
/// <param name="name">The resource's name.</param>
/// <param name="resource">The resource that it is made from.</param>
/// <param name="composeEnvironmentResource">The environment.</param>
public class DockerComposeServiceResource(string name, IResource resource, DockerComposeEnvironmentResource composeEnvironmentResource)
    : Resource(name), IResourceWithParent<DockerComposeEnvironmentResource>
{
    /// <summary>The environment.</summary>
    public DockerComposeEnvironmentResource Parent { get; } = composeEnvironmentResource;

    internal IResource TargetResource { get; } = resource;

    /// <summary>Where the service listens, by the names of the endpoints.</summary>
    internal Dictionary<string, ServiceEndpoint> Endpoints { get; } = new(StringComparer.OrdinalIgnoreCase);
}
