using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Standalone;

/// <summary>What a project gets where it runs in a container: addresses of its own choice are for development only.</summary>
internal static class PublishedProject
{
    private const string ForwardedHeaders = "ASPNETCORE_FORWARDEDHEADERS_ENABLED";
    private const string HttpPorts = "HTTP_PORTS";

    /// <summary>Sets the variables that ASP.NET reads in a container and, for a project that has addresses, its endpoints.</summary>
    /// <param name="project">The project.</param>
    /// <param name="isWeb">Whether its launch profile has addresses.</param>
    public static IResourceBuilder<ProjectResource> WithPublishDefaults(this IResourceBuilder<ProjectResource> project, bool isWeb)
    {
        var resource = project.Resource;
        project.WithEnvironment(context =>
        {
            if (resource.GetEndpoints().Any())
            {
                context.EnvironmentVariables[ForwardedHeaders] = "true";
            }

            var ports = Ports(resource);
            if (!ports.IsEmpty)
            {
                context.EnvironmentVariables.TryAdd(HttpPorts, ports.Build());
            }
        });

        // Both schemes on one port: whether the container gets a certificate is decided where it runs.
        return isWeb
            ? project.WithEndpoint("http", e => e.UriScheme = "http").WithEndpoint("https", e => e.UriScheme = "https")
            : project;
    }

    private static ReferenceExpressionBuilder Ports(ProjectResource resource)
    {
        var ports = new ReferenceExpressionBuilder();
        foreach (var endpoint in resource.GetEndpoints().Where(e => e.IsHttp && e.EndpointAnnotation.TargetPortEnvironmentVariable is null))
        {
            ports.AppendLiteral(ports.IsEmpty ? "" : ";");
            ports.Append($"{endpoint.Property(EndpointProperty.TargetPort)}");
        }

        return ports;
    }
}
