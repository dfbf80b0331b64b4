using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Docker;

/// <summary>The Aspire dashboard as a container of a compose environment.</summary>
/// <param name="name">The resource's name.</param>
public class DockerComposeAspireDashboardResource(string name) : ContainerResource(name)
{
    internal const string PrimaryEndpointName = "http";
    internal const string OtlpGrpcEndpointName = "otlp-grpc";
    internal const string OtlpHttpEndpointName = "otlp-http";

    /// <summary>Where people look at it.</summary>
    public EndpointReference PrimaryEndpoint => new(this, PrimaryEndpointName);

    /// <summary>Where telemetry is sent to.</summary>
    public EndpointReference OtlpGrpcEndpoint => new(this, OtlpGrpcEndpointName);
}
