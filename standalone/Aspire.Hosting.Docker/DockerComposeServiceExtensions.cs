using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Docker;
using Aspire.Hosting.Docker.Resources.ComposeNodes;

namespace Aspire.Hosting;

/// <summary>Says how a resource runs with Docker Compose.</summary>
public static class DockerComposeServiceExtensions
{
    /// <summary>Changes the service that is made from a resource. In a run it does nothing.</summary>
    /// <typeparam name="T">The kind of resource.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="configure">Changes the service, when everything that follows from the model is in it.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> PublishAsDockerComposeService<T>(
        this IResourceBuilder<T> builder, Action<DockerComposeServiceResource, Service> configure)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.ApplicationBuilder.ExecutionContext.IsPublishMode
            ? builder.WithAnnotation(new DockerComposeServiceCustomizationAnnotation(configure))
            : builder;
    }

    /// <summary>Leaves a value open for the <c>.env</c> file.</summary>
    /// <param name="manifestExpressionProvider">The value.</param>
    /// <param name="dockerComposeService">The service that needs it.</param>
    /// <returns>What stands for it in the compose file, such as <c>${NAME}</c>.</returns>
    public static string AsEnvironmentPlaceholder(
        this IManifestExpressionProvider manifestExpressionProvider, DockerComposeServiceResource dockerComposeService)
    {
        var expression = manifestExpressionProvider.ValueExpression.Trim('{', '}');
        return dockerComposeService.Parent.Capture(ToVariable(expression), description: null, defaultValue: null, manifestExpressionProvider);
    }

    /// <summary>Leaves the value of a parameter open for the <c>.env</c> file.</summary>
    /// <param name="builder">The parameter.</param>
    /// <param name="dockerComposeService">The service that needs it.</param>
    /// <returns>What stands for it in the compose file, such as <c>${NAME}</c>.</returns>
    public static string AsEnvironmentPlaceholder(
        this IResourceBuilder<ParameterResource> builder, DockerComposeServiceResource dockerComposeService) =>
        builder.Resource.AsEnvironmentPlaceholder(dockerComposeService);

    /// <summary>Leaves the value of a parameter open for the <c>.env</c> file.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="dockerComposeService">The service that needs it.</param>
    /// <returns>What stands for it in the compose file, such as <c>${NAME}</c>.</returns>
    public static string AsEnvironmentPlaceholder(this ParameterResource parameter, DockerComposeServiceResource dockerComposeService) =>
        dockerComposeService.Parent.Capture(ToVariable(parameter.Name), $"Parameter {parameter.Name}", defaultValue: null, parameter);

    internal static string ImagePlaceholder(this DockerComposeServiceResource service)
    {
        var name = service.TargetResource.Name;
        return service.Parent.Capture(
            $"{ToVariable(name)}_IMAGE", $"Container image name for {name}", $"{name}:latest", service.TargetResource);
    }

    internal static string PortPlaceholder(this DockerComposeServiceResource service)
    {
        var name = service.TargetResource.Name;
        return service.Parent.Capture(
            $"{ToVariable(name)}_PORT", $"Default container port for {name}", "8080", service.TargetResource);
    }

    private static string ToVariable(string name) =>
        name.Replace('-', '_').Replace('.', '_').ToUpperInvariant();
}
