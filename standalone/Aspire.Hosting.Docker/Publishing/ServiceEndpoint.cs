using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Docker;

namespace Aspire.Hosting.Standalone;

/// <summary>Where a service listens, inside its container and outside.</summary>
/// <param name="Scheme">Scheme of the address.</param>
/// <param name="Host">The name by which other services reach it.</param>
/// <param name="InternalPort">The port in the container: a number, or a placeholder where the <c>.env</c> file says it.</param>
/// <param name="HostPort">The port of the host, where the model fixes it.</param>
/// <param name="IsExternal">Whether it is open to the outside.</param>
internal sealed record ServiceEndpoint(string Scheme, string Host, string InternalPort, int? HostPort, bool IsExternal)
{
    /// <summary>How the port is published to the host: the engine chooses where the model does not.</summary>
    public string PublishedPort => HostPort is { } port
        ? string.Create(CultureInfo.InvariantCulture, $"{port}:{InternalPort}")
        : InternalPort;

    public static void AddTo(DockerComposeServiceResource service, ContainerPorts ports)
    {
        var resource = service.TargetResource;
        var schemes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
        {
            var isDefault = resource is ProjectResource && endpoint.UriScheme is "http" or "https" && schemes.Add(endpoint.UriScheme);
            var port = endpoint.TargetPort ?? (resource is ContainerResource ? endpoint.Port : null);
            var internalPort = port is null && isDefault
                ? service.PortPlaceholder()
                : (port ?? ports.Take()).ToString(CultureInfo.InvariantCulture);
            ports.Avoid(port);
            ports.Avoid(endpoint.Port);
            service.Endpoints.Add(
                endpoint.Name, new ServiceEndpoint(endpoint.UriScheme, resource.Name, internalPort, endpoint.Port, endpoint.IsExternal));
        }
    }

    public string Part(EndpointProperty property) => property switch
    {
        EndpointProperty.Url => $"{Scheme}://{Host}:{InternalPort}",
        EndpointProperty.HostAndPort => $"{Host}:{InternalPort}",
        EndpointProperty.Host or EndpointProperty.IPV4Host => Host,
        EndpointProperty.Port or EndpointProperty.TargetPort => InternalPort,
        EndpointProperty.Scheme => Scheme,
        _ => throw new ArgumentOutOfRangeException(nameof(property), property, message: null),
    };
}
