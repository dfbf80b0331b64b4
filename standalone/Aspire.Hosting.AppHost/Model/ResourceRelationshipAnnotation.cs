namespace Aspire.Hosting.ApplicationModel;

/// <summary>Says that a resource has to do with another.</summary>
/// <param name="resource">The other.</param>
/// <param name="type">What it has to do with it.</param>
public sealed class ResourceRelationshipAnnotation(IResource resource, string type) : IResourceAnnotation
{
    /// <summary>The other.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>What it has to do with it: <c>Reference</c>, <c>WaitFor</c> or <c>Parent</c>.</summary>
    public string Type { get; } = type;
}

internal static class KnownRelationshipTypes
{
    public const string Reference = nameof(Reference);
    public const string WaitFor = nameof(WaitFor);
}
