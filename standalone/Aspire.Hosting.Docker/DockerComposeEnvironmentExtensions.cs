// Stands for Aspire.Hosting.Docker 13.5.2: it writes the same compose file and .env file for the same model.
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Docker;
using Aspire.Hosting.Docker.Resources;
using Aspire.Hosting.Standalone;

namespace Aspire.Hosting;

/// <summary>Publishes an application for Docker Compose. In a run all of this does nothing.</summary>
public static class DockerComposeEnvironmentExtensions
{
    /// <summary>Adds an environment that the application is published to.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The environment's name; its dashboard is named after it.</param>
    /// <returns>The environment's builder.</returns>
    public static IResourceBuilder<DockerComposeEnvironmentResource> AddDockerComposeEnvironment(
        this IDistributedApplicationBuilder builder, string name)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);

        var environment = new DockerComposeEnvironmentResource(name) { Dashboard = builder.CreateDashboard($"{name}-dashboard") };
        return builder.ExecutionContext.IsPublishMode
            ? builder.AddResource(environment).WithAnnotation(new PublishingAnnotation(new ComposePublisher(environment).PublishAsync))
            : builder.CreateResourceBuilder(environment);
    }

    /// <summary>Changes the compose file before it is written, when all services are in it.</summary>
    /// <param name="builder">The environment.</param>
    /// <param name="configure">Changes the file.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<DockerComposeEnvironmentResource> ConfigureComposeFile(
        this IResourceBuilder<DockerComposeEnvironmentResource> builder, Action<ComposeFile> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Resource.ConfigureComposeFile += configure;
        return builder;
    }

    /// <summary>Changes which variables are in the <c>.env</c> file, and how they are described.</summary>
    /// <param name="builder">The environment.</param>
    /// <param name="configure">Changes the variables, by name.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<DockerComposeEnvironmentResource> ConfigureEnvFile(
        this IResourceBuilder<DockerComposeEnvironmentResource> builder, Action<IDictionary<string, CapturedEnvironmentVariable>> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Resource.ConfigureEnvFile += configure;
        return builder;
    }

    /// <summary>Says whether the environment has an Aspire dashboard, which gets the telemetry of all projects.</summary>
    /// <param name="builder">The environment.</param>
    /// <param name="enabled">Whether it has one.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<DockerComposeEnvironmentResource> WithDashboard(
        this IResourceBuilder<DockerComposeEnvironmentResource> builder, bool enabled = true)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Resource.DashboardEnabled = enabled;
        return builder;
    }

    /// <summary>Gives the environment an Aspire dashboard and says how it runs.</summary>
    /// <param name="builder">The environment.</param>
    /// <param name="configure">Says how the dashboard runs.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<DockerComposeEnvironmentResource> WithDashboard(
        this IResourceBuilder<DockerComposeEnvironmentResource> builder, Action<IResourceBuilder<DockerComposeAspireDashboardResource>> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Resource.DashboardEnabled = true;
        configure(builder.Resource.Dashboard
            ?? throw new InvalidOperationException("An environment has a dashboard when AddDockerComposeEnvironment has made it."));
        return builder;
    }
}
