namespace Aspire.Hosting.ApplicationModel;

/// <summary>The address that an endpoint got for this run.</summary>
public class AllocatedEndpoint
{
    /// <summary>Records the address.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="address">Host name or address that others connect to.</param>
    /// <param name="port">Port that others connect to, 1 to 65535.</param>
    /// <param name="targetPortExpression">The port that the resource listens on, where it differs.</param>
    public AllocatedEndpoint(EndpointAnnotation endpoint, string address, int port, string? targetPortExpression = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, ushort.MaxValue);
        Endpoint = endpoint;
        Address = address;
        Port = port;
        TargetPortExpression = targetPortExpression;
    }

    /// <summary>The endpoint.</summary>
    public EndpointAnnotation Endpoint { get; }

    /// <summary>Host name or address that others connect to.</summary>
    public string Address { get; }

    /// <summary>Port that others connect to.</summary>
    public int Port { get; }

    /// <summary>The port that the resource listens on, where it differs.</summary>
    public string? TargetPortExpression { get; }

    /// <summary>Scheme of the address.</summary>
    public string UriScheme => Endpoint.UriScheme;

    /// <summary>Host and port, with a colon between them.</summary>
    public string EndPointString => $"{Address}:{Port}";

    /// <summary>The whole address.</summary>
    public string UriString => $"{UriScheme}://{EndPointString}";

    /// <inheritdoc />
    public override string ToString() => UriString;
}
