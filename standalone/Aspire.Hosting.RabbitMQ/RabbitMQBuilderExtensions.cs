using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Standalone;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

// Stands for the package Aspire.Hosting.RabbitMQ 13.5.2: RabbitMQ as a native process instead of a container.

/// <summary>Adds RabbitMQ servers to an application.</summary>
public static class RabbitMQBuilderExtensions
{
    private const int ContainerPort = 5672;
    private const int ContainerManagementPort = 15672;

    /// <summary>Adds a RabbitMQ server, ready when it answers the opening of an AMQP connection.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="userName">The user; by default <c>guest</c>.</param>
    /// <param name="password">The user's password; by default it is generated.</param>
    /// <param name="port">The port that clients connect to; null: chosen at start.</param>
    /// <returns>The server's builder.</returns>
    public static IResourceBuilder<RabbitMQServerResource> AddRabbitMQ(
        this IDistributedApplicationBuilder builder,
        string name,
        IResourceBuilder<ParameterResource>? userName = null,
        IResourceBuilder<ParameterResource>? password = null,
        int? port = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);

        // No special characters: the password goes into an address.
        var server = new RabbitMQServerResource(
            name,
            userName?.Resource,
            password?.Resource
                ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false));
        var key = $"{name}_check";
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            key, new ServerHealthCheck(server.PrimaryEndpoint, RabbitMQServer.GreetAsync), failureStatus: null, tags: null));
        return builder.AddResource(server)
            .WithEndpoint(port: port, targetPort: ContainerPort, name: RabbitMQServerResource.PrimaryEndpointName)
            .WithImage(RabbitMQImage.Name, RabbitMQImage.Tag)
            .WithImageRegistry(RabbitMQImage.Registry)
            .WithEnvironment(context =>
            {
                context.EnvironmentVariables["RABBITMQ_DEFAULT_USER"] = server.UserNameReference;
                context.EnvironmentVariables["RABBITMQ_DEFAULT_PASS"] = server.PasswordParameter;
            })
            .WithAnnotation(RabbitMQServer.Annotation)
            .WithHealthCheck(key);
    }

    /// <summary>Keeps the server's data in a volume.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="name">The volume's name; by default one made from the application's and the resource's.</param>
    /// <param name="isReadOnly">Whether it must not be written to.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<RabbitMQServerResource> WithDataVolume(
        this IResourceBuilder<RabbitMQServerResource> builder, string? name = null, bool isReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithVolume(name ?? VolumeName.For(builder), "/var/lib/rabbitmq", isReadOnly);
    }

    /// <summary>Turns the management plugin on, at a port that is chosen at start.</summary>
    /// <param name="builder">The server.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<RabbitMQServerResource> WithManagementPlugin(
        this IResourceBuilder<RabbitMQServerResource> builder) => builder.WithManagementPlugin(port: null);

    /// <summary>Turns the management plugin on.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="port">Its port; null: chosen at start.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="DistributedApplicationException">It is not known which tag of the server's image has the plugin.</exception>
    public static IResourceBuilder<RabbitMQServerResource> WithManagementPlugin(
        this IResourceBuilder<RabbitMQServerResource> builder, int? port)
    {
        ArgumentNullException.ThrowIfNull(builder);
        RabbitMQImage.AddManagement(builder.Resource);
        return builder.WithHttpEndpoint(
            port: port, targetPort: ContainerManagementPort, name: RabbitMQServerResource.ManagementEndpointName);
    }
}
