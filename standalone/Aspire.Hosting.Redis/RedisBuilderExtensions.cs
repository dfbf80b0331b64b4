using System.Globalization;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Standalone;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

// Stands for the package Aspire.Hosting.Redis 13.5.2: Redis as a native process instead of a container.

/// <summary>Adds Redis servers to an application.</summary>
public static class RedisBuilderExtensions
{
    private const int ContainerPort = 6379;
    private const string Image = "library/redis";
    private const string ImageTag = "8.6";
    private const string ImageRegistry = "docker.io";
    private const string PasswordVariable = "REDIS_PASSWORD";

    /// <summary>Adds a Redis server, ready when it answers PING.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="port">The port that clients connect to; null: chosen at start.</param>
    /// <param name="password">The password; by default it is generated.</param>
    /// <returns>The server's builder.</returns>
    public static IResourceBuilder<RedisResource> AddRedis(
        this IDistributedApplicationBuilder builder,
        string name,
        int? port = null,
        IResourceBuilder<ParameterResource>? password = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);

        // No special characters: a comma would end the password in a connection string.
        var server = new RedisResource(
            name,
            password?.Resource
                ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false));
        var key = $"{name}_check";
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            key,
            new ServerHealthCheck(server.PrimaryEndpoint, (stream, token) => RedisServer.PingAsync(server, stream, token)),
            failureStatus: null,
            tags: null));
        return builder.AddResource(server)
            .WithEndpoint(port: port, targetPort: ContainerPort, name: RedisResource.PrimaryEndpointName, scheme: RedisResource.Scheme)
            .WithImage(Image, ImageTag)
            .WithImageRegistry(ImageRegistry)
            .WithEntrypoint("/bin/sh")
            .WithEnvironment(context =>
            {
                if (server.PasswordParameter is { } parameter)
                {
                    context.EnvironmentVariables[PasswordVariable] = parameter;
                }
            })
            .WithAnnotation(new CommandLineArgsCallbackAnnotation(args =>
            {
                args.Add("-c");
                args.Add(ContainerCommand(server));
            }))
            .WithAnnotation(RedisServer.Annotation)
            .WithHealthCheck(key);
    }

    /// <summary>Fixes the port that clients connect to.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="port">The port; null: chosen at start.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<RedisResource> WithHostPort(this IResourceBuilder<RedisResource> builder, int? port)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithEndpoint(RedisResource.PrimaryEndpointName, endpoint => endpoint.Port = port);
    }

    /// <summary>Keeps the server's data in a volume and, unless that is read-only, saves to it.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="name">The volume's name; by default one made from the application's and the resource's.</param>
    /// <param name="isReadOnly">Whether it must not be written to.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<RedisResource> WithDataVolume(
        this IResourceBuilder<RedisResource> builder, string? name = null, bool isReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.WithVolume(name ?? VolumeName.For(builder), "/data", isReadOnly);
        return isReadOnly ? builder : builder.WithPersistence();
    }

    /// <summary>Has the server save its data to disk.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="interval">How often at most; by default every 60 seconds.</param>
    /// <param name="keysChangedThreshold">How many keys must have changed since the last time.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<RedisResource> WithPersistence(
        this IResourceBuilder<RedisResource> builder, TimeSpan? interval = null, long keysChangedThreshold = 1)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new RedisPersistenceAnnotation(interval, keysChangedThreshold));
    }

    // The shell puts the password in, so that it is in the container's environment and not in the published file.
    private static string ContainerCommand(RedisResource server)
    {
        var command = new StringBuilder("redis-server");
        if (server.PasswordParameter is not null)
        {
            command.Append(CultureInfo.InvariantCulture, $" --requirepass ${PasswordVariable}");
        }

        if (server.TryGetLastAnnotation<RedisPersistenceAnnotation>(out var persistence))
        {
            command.Append(CultureInfo.InvariantCulture, $" --save {persistence.Interval.TotalSeconds} {persistence.KeysChanged}");
        }

        return command.ToString();
    }
}
