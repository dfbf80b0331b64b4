using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Standalone;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>
    /// Hands the connection string of a resource to another, as <c>ConnectionStrings__name</c>, and its parts one by one, as
    /// <c>NAME_HOST</c> and the like.
    /// </summary>
    /// <typeparam name="TDestination">The kind of resource.</typeparam>
    /// <param name="builder">Who gets it.</param>
    /// <param name="source">Whose it is.</param>
    /// <param name="connectionName">The connection's name; by default the source's.</param>
    /// <param name="optional">Whether it may be missing.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        IResourceBuilder<IResourceWithConnectionString> source,
        string? connectionName = null,
        bool optional = false)
        where TDestination : IResourceWithEnvironment
    {
        var resource = source.Resource;
        connectionName ??= resource.Name;
        builder.RelateTo(resource);
        return builder.WithEnvironment(context =>
        {
            var variable = resource.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{connectionName}";
            context.EnvironmentVariables[variable] = new ConnectionStringReference(resource, optional);

            var prefix = ModelName.ToEnvironmentVariable(connectionName).ToUpperInvariant();
            foreach (var (property, value) in resource.GetConnectionProperties())
            {
                context.EnvironmentVariables[$"{prefix}_{property.ToUpperInvariant()}"] = value;
            }
        });
    }

    /// <summary>
    /// Hands the addresses of a resource to another, for service discovery as <c>services__name__scheme__0</c> and plainly as
    /// <c>NAME_ENDPOINT</c>.
    /// </summary>
    /// <typeparam name="TDestination">The kind of resource.</typeparam>
    /// <param name="builder">Who gets them.</param>
    /// <param name="source">Whose they are.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment
    {
        builder.RelateTo(source.Resource);
        return builder.WithEnvironment(context => ServiceDiscoveryVariables.Add(context, source.Resource, source.Resource.GetEndpoints()));
    }

    /// <summary>Hands one address of a resource to another, in the same variables.</summary>
    /// <typeparam name="TDestination">The kind of resource.</typeparam>
    /// <param name="builder">Who gets it.</param>
    /// <param name="endpointReference">The endpoint.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, EndpointReference endpointReference)
        where TDestination : IResourceWithEnvironment
    {
        builder.RelateTo(endpointReference.Resource);
        return builder.WithEnvironment(context => ServiceDiscoveryVariables.Add(context, endpointReference.Resource, [endpointReference]));
    }

    private static void RelateTo<T>(this IResourceBuilder<T> builder, IResource resource)
        where T : IResource => builder.WithAnnotation(new ResourceRelationshipAnnotation(resource, KnownRelationshipTypes.Reference));
}
