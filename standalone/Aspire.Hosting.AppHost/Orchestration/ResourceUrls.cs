using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Standalone;

/// <summary>Makes the links of a resource from its endpoints and what the model says about them.</summary>
internal static class ResourceUrls
{
    public static async Task<ImmutableArray<UrlSnapshot>> MakeAsync(
        IResource resource,
        DistributedApplicationExecutionContext executionContext,
        CancellationToken cancellationToken)
    {
        if (resource is not IResourceWithEndpoints withEndpoints)
        {
            return [];
        }

        var urls = withEndpoints.GetEndpoints().Select(e => new ResourceUrlAnnotation { Url = e.Url, Endpoint = e }).ToList();
        var context = new ResourceUrlsCallbackContext(executionContext, resource, urls, cancellationToken);
        foreach (var annotation in resource.Annotations.OfType<ResourceUrlsCallbackAnnotation>().ToArray())
        {
            await annotation.Callback(context).ConfigureAwait(false);
        }

        return
        [
            .. context.Urls.Select(u => new UrlSnapshot(u.Endpoint?.EndpointName, u.Url, IsInternal: false)
            {
                DisplayProperties = new UrlDisplayPropertiesSnapshot(u.DisplayText ?? ""),
            }),
        ];
    }
}
