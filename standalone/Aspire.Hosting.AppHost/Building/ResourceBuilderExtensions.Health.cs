using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Standalone;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    private const int DefaultHealthyStatusCode = 200;

    /// <summary>Ties a health check of the host's to the resource.</summary>
    /// <typeparam name="T">The kind of resource.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="key">The name under which the check is registered.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="DistributedApplicationException">The resource has that check already.</exception>
    public static IResourceBuilder<T> WithHealthCheck<T>(this IResourceBuilder<T> builder, string key)
        where T : IResource
    {
        if (builder.Resource.Annotations.OfType<HealthCheckAnnotation>().Any(a => a.Key == key))
        {
            throw new DistributedApplicationException($"The resource '{builder.Resource.Name}' has the health check '{key}' already.");
        }

        return builder.WithAnnotation(new HealthCheckAnnotation(key));
    }

    /// <summary>Takes the resource for healthy while a GET of one of its addresses answers as expected.</summary>
    /// <typeparam name="T">The kind of resource.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="path">The path; by default <c>/</c>.</param>
    /// <param name="statusCode">The expected status; by default 200.</param>
    /// <param name="endpointName">The endpoint; by default the first that speaks HTTP.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="DistributedApplicationException">The resource has no such endpoint, or it does not speak HTTP.</exception>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder,
        string? path = null,
        int? statusCode = null,
        string? endpointName = null)
        where T : IResourceWithEndpoints
    {
        var endpoint = builder.Resource.GetEndpoints()
            .FirstOrDefault(e => endpointName is null
                ? e.IsHttp || e.IsHttps
                : string.Equals(e.EndpointName, endpointName, StringComparison.OrdinalIgnoreCase) && (e.IsHttp || e.IsHttps))
            ?? throw new DistributedApplicationException($"The resource '{builder.Resource.Name}' has no HTTP endpoint {endpointName} to check.");

        path ??= "/";
        var expected = statusCode ?? DefaultHealthyStatusCode;
        var key = $"{builder.Resource.Name}_{endpoint.EndpointName}_{path}_{expected}_check";
        builder.ApplicationBuilder.Services.AddHealthChecks().AddCheck(key, new HttpHealthCheck(endpoint, path, expected));
        return builder.WithHealthCheck(key);
    }
}
