using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A port that a resource listens on.</summary>
public sealed class EndpointAnnotation : IResourceAnnotation
{
    private readonly TaskCompletionSource<AllocatedEndpoint> _allocation = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int? _port;
    private int? _targetPort;

    /// <summary>Describes an endpoint.</summary>
    /// <param name="protocol">TCP or UDP.</param>
    /// <param name="uriScheme">Scheme of its address; by default the protocol's name.</param>
    /// <param name="transport">What runs over it, such as <c>http</c>; by default by the scheme.</param>
    /// <param name="name">Its name; by default the scheme.</param>
    /// <param name="port">The port that others connect to; null: chosen at start.</param>
    /// <param name="targetPort">The port that the resource itself listens on; null: chosen at start.</param>
    /// <param name="isExternal">Whether it is meant for the outside of the application.</param>
    /// <param name="isProxied">Whether something may stand between the two ports.</param>
    public EndpointAnnotation(
        ProtocolType protocol,
        string? uriScheme = null,
        string? transport = null,
        string? name = null,
        int? port = null,
        int? targetPort = null,
        bool? isExternal = null,
        bool isProxied = true)
    {
        uriScheme ??= protocol.ToString().ToLowerInvariant();
        name ??= uriScheme;
        ModelName.Validate(nameof(EndpointAnnotation), name);

        Protocol = protocol;
        UriScheme = uriScheme;
        Name = name;
        IsExternal = isExternal ?? false;
        IsProxied = isProxied;
        Transport = transport!;
        _port = port;
        _targetPort = targetPort;
    }

    /// <summary>Its name, unique within the resource.</summary>
    public string Name { get; set; }

    /// <summary>TCP or UDP.</summary>
    public ProtocolType Protocol { get; set; }

    /// <summary>The port that others connect to; null: chosen at start.</summary>
    public int? Port
    {
        get => _port ?? (IsProxied ? null : _targetPort);
        set => _port = value;
    }

    /// <summary>The port that the resource listens on, inside its container where it runs in one; null: chosen at start.</summary>
    public int? TargetPort
    {
        get => _targetPort ?? (IsProxied ? null : _port);
        set => _targetPort = value;
    }

    /// <summary>Scheme of its address.</summary>
    public string UriScheme { get; set; }

    /// <summary>The host that the resource listens on; <c>localhost</c> unless said otherwise.</summary>
    public string TargetHost { get; set; } = "localhost";

    /// <summary>What runs over it: <c>http</c> for the web's schemes, else the protocol's name.</summary>
    public string Transport
    {
        get => field ?? (UriScheme is "http" or "https" ? "http" : Protocol.ToString().ToLowerInvariant());
        set;
    }

    /// <summary>Whether it is meant for the outside of the application.</summary>
    public bool IsExternal { get; set; }

    /// <summary>Whether something may stand between <see cref="Port"/> and <see cref="TargetPort"/>.</summary>
    public bool IsProxied { get; set; }

    /// <summary>Where it ended up; null until the application starts.</summary>
    public AllocatedEndpoint? AllocatedEndpoint
    {
        get => _allocation.Task.IsCompletedSuccessfully ? _allocation.Task.Result : null;
        set => _allocation.TrySetResult(value ?? throw new ArgumentNullException(nameof(value)));
    }

    internal Task<AllocatedEndpoint> Allocation => _allocation.Task;

    /// <summary>The variable that tells the resource its port, where it was asked for by name.</summary>
    internal string? TargetPortEnvironmentVariable { get; set; }
}
