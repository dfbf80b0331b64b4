namespace Aspire.Hosting.ApplicationModel;

/// <summary>A server that others bring in an image, and that runs here as a native process.</summary>
/// <param name="name">The resource's name.</param>
/// <param name="entrypoint">What the container starts, where it is not the image's own choice.</param>
public class ContainerResource(string name, string? entrypoint = null)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport, IComputeResource
{
    /// <summary>What the container starts, where it is not the image's own choice.</summary>
    public string? Entrypoint { get; set; } = entrypoint;
}
