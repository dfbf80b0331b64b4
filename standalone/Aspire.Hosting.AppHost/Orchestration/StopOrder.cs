using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Standalone;

/// <summary>Orders resources so that each comes before those that it depends on.</summary>
internal static class StopOrder
{
    /// <summary>Groups that can be stopped one after the other; within a group nothing depends on anything.</summary>
    public static IEnumerable<IReadOnlyCollection<IResource>> Layers(IEnumerable<IResource> resources)
    {
        var left = resources.ToHashSet();
        while (left.Count > 0)
        {
            var needed = left.SelectMany(DependenciesOf).ToHashSet();
            var layer = left.Where(r => !needed.Contains(r)).ToHashSet();

            // Resources that refer to each other in a circle have no order.
            if (layer.Count == 0)
            {
                layer = [.. left];
            }

            yield return layer;
            left.ExceptWith(layer);
        }
    }

    private static IEnumerable<IResource> DependenciesOf(IResource resource)
    {
        var named = resource.Annotations.OfType<WaitAnnotation>().Select(a => a.Resource)
            .Concat(resource.Annotations.OfType<ResourceRelationshipAnnotation>().Select(a => a.Resource));
        foreach (var dependency in named.Where(d => d != resource))
        {
            yield return dependency;

            // A database does not stop; its server does.
            if (dependency is IResourceWithParent { Parent: var parent })
            {
                yield return parent;
            }
        }
    }
}
