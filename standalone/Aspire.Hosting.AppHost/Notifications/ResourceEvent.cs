namespace Aspire.Hosting.ApplicationModel;

/// <summary>A change of a resource.</summary>
/// <param name="resource">The resource.</param>
/// <param name="resourceId">The id of the process, which tells replicas apart.</param>
/// <param name="snapshot">How it does since.</param>
public class ResourceEvent(IResource resource, string resourceId, CustomResourceSnapshot snapshot)
{
    /// <summary>The resource.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>The id of the process, which tells replicas apart.</summary>
    public string ResourceId { get; } = resourceId;

    /// <summary>How it does since.</summary>
    public CustomResourceSnapshot Snapshot { get; } = snapshot;
}
