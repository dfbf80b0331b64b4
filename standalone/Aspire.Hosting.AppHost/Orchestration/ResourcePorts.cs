using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Standalone;

/// <summary>
/// The ports of a resource. Those that others connect to are settled before anything starts and stay the same over restarts. A
/// single process listens on them itself; several listen on ports of their own, behind a <see cref="TcpBalancer"/>.
/// </summary>
internal sealed class ResourcePorts
{
    private const string Host = "localhost";

    private readonly Dictionary<string, int> _targetPorts = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _reserved = [];

    private ResourcePorts(int replica) => Replica = replica;

    public int Replica { get; }

    /// <summary>Settles the ports of a resource's endpoints and returns those that each of its replicas listens on.</summary>
    public static IReadOnlyList<ResourcePorts> Allocate(IResource resource, int replicas, bool randomize)
    {
        var ports = Enumerable.Range(0, replicas).Select(replica => new ResourcePorts(replica)).ToArray();
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
        {
            var port = endpoint.Port is { } wanted && !randomize ? wanted : PortAllocator.Take();
            foreach (var replica in ports)
            {
                replica._targetPorts.Add(endpoint.Name, replicas == 1 ? port : PortAllocator.Take());
            }

            var target = ports[0]._targetPorts[endpoint.Name].ToString(CultureInfo.InvariantCulture);
            endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, Host, port, target);
        }

        return ports;
    }

    /// <summary>The port that the process listens on.</summary>
    public int TargetPort(string endpointName) => _targetPorts.TryGetValue(endpointName, out var port)
        ? port
        : throw new DistributedApplicationException($"There is no endpoint '{endpointName}'.");

    /// <summary>A port for the process's own needs, the same for the same purpose.</summary>
    public int Reserve(string purpose)
    {
        lock (_reserved)
        {
            if (!_reserved.TryGetValue(purpose, out var port))
            {
                port = PortAllocator.Take();
                _reserved.Add(purpose, port);
            }

            return port;
        }
    }

    /// <summary>The first port that someone else listens on.</summary>
    public int? FindTaken()
    {
        foreach (var port in _targetPorts.Values)
        {
            if (!PortAllocator.IsFree(port))
            {
                return port;
            }
        }

        return null;
    }
}
