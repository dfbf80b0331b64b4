using System.Collections.ObjectModel;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The annotations of a resource, in the order in which they were made.</summary>
public sealed class ResourceAnnotationCollection : Collection<IResourceAnnotation>
{
}

/// <summary>The resources of an application, in the order in which they were added.</summary>
public interface IResourceCollection : IList<IResource>
{
}

internal sealed class ResourceCollection : Collection<IResource>, IResourceCollection
{
}

/// <summary>What was modelled, for services that act on it.</summary>
/// <param name="resources">The resources of the application.</param>
public class DistributedApplicationModel(IResourceCollection resources)
{
    /// <summary>The resources of the application.</summary>
    public IResourceCollection Resources { get; } = resources;
}
