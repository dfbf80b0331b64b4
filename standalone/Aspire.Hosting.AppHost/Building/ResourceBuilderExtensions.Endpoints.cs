using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Changes an endpoint.</summary>
    /// <typeparam name="T">The kind of resource.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="endpointName">The endpoint's name.</param>
    /// <param name="callback">Changes it.</param>
    /// <param name="createIfNotExists">Whether a missing one is made; otherwise nothing happens.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder,
        string endpointName,
        Action<EndpointAnnotation> callback,
        bool createIfNotExists = true)
        where T : IResourceWithEndpoints
    {
        var endpoint = builder.Resource.Annotations.OfType<EndpointAnnotation>()
            .SingleOrDefault(e => string.Equals(e.Name, endpointName, StringComparison.OrdinalIgnoreCase));
        if (endpoint is null && createIfNotExists)
        {
            endpoint = new EndpointAnnotation(ProtocolType.Tcp, name: endpointName);
            builder.WithAnnotation(endpoint);
        }

        if (endpoint is not null)
        {
            callback(endpoint);
        }

        return builder;
    }

    /// <summary>Adds an endpoint, or changes what is said here about the one of that name.</summary>
    /// <typeparam name="T">The kind of resource.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="port">The port that others connect to; null: chosen at start.</param>
    /// <param name="targetPort">The port that the resource listens on, inside its container where it runs in one; null: chosen at start.</param>
    /// <param name="scheme">Scheme of its address; by default the protocol's name.</param>
    /// <param name="name">Its name; by default the scheme.</param>
    /// <param name="env">A variable that tells the resource the port it must listen on.</param>
    /// <param name="isProxied">Whether something may stand between the two ports; by default yes.</param>
    /// <param name="isExternal">Whether it is meant for the outside of the application; by default not.</param>
    /// <param name="protocol">TCP, which is the default, or UDP.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder,
        int? port = null,
        int? targetPort = null,
        string? scheme = null,
        string? name = null,
        string? env = null,
        bool? isProxied = null,
        bool? isExternal = null,
        ProtocolType? protocol = null)
        where T : IResourceWithEndpoints
    {
        var transport = protocol ?? ProtocolType.Tcp;
        name ??= scheme ?? transport.ToString().ToLowerInvariant();
        if (builder.Resource.GetEndpoint(name).Exists)
        {
            return builder.WithEndpoint(name, existing =>
            {
                if (port is not null)
                {
                    existing.Port = port;
                }

                if (targetPort is not null)
                {
                    existing.TargetPort = targetPort;
                }

                existing.UriScheme = scheme ?? existing.UriScheme;
                existing.IsProxied = isProxied ?? existing.IsProxied;
                existing.IsExternal = isExternal ?? existing.IsExternal;
                existing.Protocol = protocol ?? existing.Protocol;
                existing.TargetPortEnvironmentVariable = env ?? existing.TargetPortEnvironmentVariable;
            });
        }

        if (env is not null && builder is { ApplicationBuilder.ExecutionContext.IsPublishMode: true, Resource: IResourceWithEnvironment })
        {
            // In a run the port is told to each process, which may have one of its own.
            var containerPort = builder.GetEndpoint(name).Property(EndpointProperty.TargetPort);
            builder.WithAnnotation(new EnvironmentCallbackAnnotation(context => context.EnvironmentVariables[env] = containerPort));
        }

        return builder.WithAnnotation(new EndpointAnnotation(
            transport,
            uriScheme: scheme,
            name: name,
            port: port,
            targetPort: targetPort,
            isExternal: isExternal,
            isProxied: isProxied ?? true)
        {
            TargetPortEnvironmentVariable = env,
        });
    }

    /// <summary>Adds an endpoint that speaks HTTP, or changes what is said here about the one of that name.</summary>
    /// <typeparam name="T">The kind of resource.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="port">The port that others connect to; null: chosen at start.</param>
    /// <param name="targetPort">The port that the resource listens on, inside its container where it runs in one; null: chosen at start.</param>
    /// <param name="name">Its name; by default <c>http</c>.</param>
    /// <param name="env">A variable that tells the resource the port it must listen on.</param>
    /// <param name="isProxied">Whether something may stand between the two ports; by default yes.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithHttpEndpoint<T>(
        this IResourceBuilder<T> builder,
        int? port = null,
        int? targetPort = null,
        string? name = null,
        string? env = null,
        bool? isProxied = null)
        where T : IResourceWithEndpoints =>
        builder.WithEndpoint(port, targetPort, scheme: "http", name, env, isProxied);

    /// <summary>Marks the resource's HTTP endpoints as meant for the outside of the application.</summary>
    /// <typeparam name="T">The kind of resource.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithExternalHttpEndpoints<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEndpoints
    {
        foreach (var endpoint in builder.Resource.Annotations.OfType<EndpointAnnotation>().Where(e => e.UriScheme is "http" or "https"))
        {
            endpoint.IsExternal = true;
        }

        return builder;
    }

    /// <summary>Refers to an endpoint, which need not exist yet.</summary>
    /// <typeparam name="T">The kind of resource.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The endpoint's name.</param>
    /// <returns>The reference.</returns>
    public static EndpointReference GetEndpoint<T>(this IResourceBuilder<T> builder, string name)
        where T : IResourceWithEndpoints => builder.Resource.GetEndpoint(name);

    /// <summary>Changes the link that is shown for an endpoint.</summary>
    /// <typeparam name="T">The kind of resource.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="endpointName">The endpoint's name; without such an endpoint nothing happens.</param>
    /// <param name="callback">Changes the link.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithUrlForEndpoint<T>(this IResourceBuilder<T> builder, string endpointName, Action<ResourceUrlAnnotation> callback)
        where T : IResource =>
        builder.WithAnnotation(new ResourceUrlsCallbackAnnotation(context =>
        {
            var urls = context.Urls.Where(u => string.Equals(u.Endpoint?.EndpointName, endpointName, StringComparison.OrdinalIgnoreCase));
            foreach (var url in urls)
            {
                callback(url);
            }

            return Task.CompletedTask;
        }));
}
