using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Docker;

namespace Aspire.Hosting;

/// <summary>Says how the Aspire dashboard runs in a compose environment.</summary>
public static class DockerComposeAspireDashboardResourceBuilderExtensions
{
    private const string Image = "mcr.microsoft.com/dotnet/nightly/aspire-dashboard";
    private const string ImageTag = "13.5";
    private const int HttpPort = 18888;
    private const int OtlpGrpcPort = 18889;
    private const int OtlpHttpPort = 18890;

    /// <summary>Opens the dashboard to the outside at a port of the host, or closes it.</summary>
    /// <param name="builder">The dashboard.</param>
    /// <param name="port">The port; null: it is reached from inside the environment only.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<DockerComposeAspireDashboardResource> WithHostPort(
        this IResourceBuilder<DockerComposeAspireDashboardResource> builder, int? port = null) =>
        builder.WithEndpoint(DockerComposeAspireDashboardResource.PrimaryEndpointName, endpoint =>
        {
            endpoint.Port = port;
            endpoint.IsExternal = port is not null;
        });

    // It is not part of the model: an environment brings its own.
    internal static IResourceBuilder<DockerComposeAspireDashboardResource> CreateDashboard(this IDistributedApplicationBuilder builder, string name) =>
        builder.CreateResourceBuilder(new DockerComposeAspireDashboardResource(name))
            .WithImage(Image, ImageTag)
            .WithHttpEndpoint(targetPort: HttpPort, name: DockerComposeAspireDashboardResource.PrimaryEndpointName)
            .WithEndpoint(DockerComposeAspireDashboardResource.PrimaryEndpointName, endpoint => endpoint.IsExternal = true)
            .WithHttpEndpoint(targetPort: OtlpGrpcPort, name: DockerComposeAspireDashboardResource.OtlpGrpcEndpointName)
            .WithHttpEndpoint(targetPort: OtlpHttpPort, name: DockerComposeAspireDashboardResource.OtlpHttpEndpointName)
            .PublishAsDockerComposeService((_, service) => service.Restart = "always");
}
