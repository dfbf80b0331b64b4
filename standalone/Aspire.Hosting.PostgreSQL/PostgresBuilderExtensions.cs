using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Standalone;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

// Stands for the package Aspire.Hosting.PostgreSQL 13.5.2: Postgres as a native process instead of a container.

/// <summary>Adds Postgres servers and databases to an application.</summary>
public static class PostgresBuilderExtensions
{
    private const int ContainerPort = 5432;
    private const string Image = "library/postgres";
    private const string ImageTag = "18.3";
    private const string ImageRegistry = "docker.io";
    private const string AuthenticationMethod = "scram-sha-256";

    /// <summary>Adds a Postgres server, ready when it accepts connections.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="userName">The superuser; by default <c>postgres</c>.</param>
    /// <param name="password">The superuser's password; by default it is generated.</param>
    /// <param name="port">The port that clients connect to; null: chosen at start.</param>
    /// <returns>The server's builder.</returns>
    public static IResourceBuilder<PostgresServerResource> AddPostgres(
        this IDistributedApplicationBuilder builder,
        string name,
        IResourceBuilder<ParameterResource>? userName = null,
        IResourceBuilder<ParameterResource>? password = null,
        int? port = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);

        var server = new PostgresServerResource(
            name,
            userName?.Resource,
            password?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password"));
        builder.Eventing.Subscribe<ResourceReadyEvent>(
            server, (_, cancellationToken) => PostgresDatabaseCreation.CreateMissingAsync(server, cancellationToken));
        return builder.AddResource(server)
            .WithEndpoint(port: port, targetPort: ContainerPort, name: PostgresServerResource.PrimaryEndpointName)
            .WithImage(Image, ImageTag)
            .WithImageRegistry(ImageRegistry)
            .WithEnvironment("POSTGRES_HOST_AUTH_METHOD", AuthenticationMethod)
            .WithEnvironment("POSTGRES_INITDB_ARGS", $"--auth-host={AuthenticationMethod} --auth-local={AuthenticationMethod}")
            .WithEnvironment(context =>
            {
                context.EnvironmentVariables["POSTGRES_USER"] = server.UserNameReference;
                context.EnvironmentVariables["POSTGRES_PASSWORD"] = server.PasswordParameter;
            })
            .WithAnnotation(PostgresServer.Annotation)
            .WithConnectionCheck(server.ConnectionStringExpression, PostgresHealthCheck.MaintenanceDatabase);
    }

    /// <summary>Adds a database to a server. In a run it is created once the server is ready, if it is missing.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="databaseName">The database's own name; by default the resource's.</param>
    /// <returns>The database's builder.</returns>
    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(
        this IResourceBuilder<PostgresServerResource> builder, string name, string? databaseName = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);

        var database = new PostgresDatabaseResource(name, databaseName ?? name, builder.Resource);
        builder.Resource.AddDatabase(name, database.DatabaseName);
        return builder.ApplicationBuilder.AddResource(database)
            .WithConnectionCheck(database.ConnectionStringExpression, database.DatabaseName);
    }

    /// <summary>Fixes the port that clients connect to.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="port">The port; null: chosen at start.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<PostgresServerResource> WithHostPort(
        this IResourceBuilder<PostgresServerResource> builder, int? port)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithEndpoint(PostgresServerResource.PrimaryEndpointName, endpoint => endpoint.Port = port);
    }

    /// <summary>Keeps the server's data in a volume.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="name">The volume's name; by default one made from the application's and the resource's.</param>
    /// <param name="isReadOnly">Whether it must not be written to.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<PostgresServerResource> WithDataVolume(
        this IResourceBuilder<PostgresServerResource> builder, string? name = null, bool isReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithVolume(name ?? VolumeName.For(builder), "/var/lib/postgresql", isReadOnly);
    }

    private static IResourceBuilder<T> WithConnectionCheck<T>(
        this IResourceBuilder<T> builder, ReferenceExpression connectionString, string database)
        where T : IResource
    {
        var key = $"{builder.Resource.Name}_check";
        builder.ApplicationBuilder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            key, new PostgresHealthCheck(connectionString, database), failureStatus: null, tags: null));
        return builder.WithHealthCheck(key);
    }
}
