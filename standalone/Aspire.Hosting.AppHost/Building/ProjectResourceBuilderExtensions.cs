using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Standalone;

namespace Aspire.Hosting;

/// <summary>Adds .NET projects.</summary>
public static class ProjectResourceBuilderExtensions
{
    private const string OtelServiceName = "OTEL_SERVICE_NAME";
    private const string OtlpRetry = "OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY";

    /// <summary>Adds a project with the launch profile of the host, or else its first.</summary>
    /// <typeparam name="TProject">The project, as the build generates it.</typeparam>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <returns>The resource's builder.</returns>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new() => builder.AddProject<TProject>(name, _ => { });

    /// <summary>Adds a project with a launch profile.</summary>
    /// <typeparam name="TProject">The project, as the build generates it.</typeparam>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="launchProfileName">The launch profile; null: none.</param>
    /// <returns>The resource's builder.</returns>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name, string? launchProfileName)
        where TProject : IProjectMetadata, new() =>
        builder.AddProject<TProject>(name, options =>
        {
            options.ExcludeLaunchProfile = launchProfileName is null;
            options.LaunchProfileName = launchProfileName;
        });

    /// <summary>Adds a project.</summary>
    /// <typeparam name="TProject">The project, as the build generates it.</typeparam>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="configure">Says how it becomes a resource.</param>
    /// <returns>The resource's builder.</returns>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder,
        string name,
        Action<ProjectResourceOptions> configure)
        where TProject : IProjectMetadata, new()
    {
        var options = new ProjectResourceOptions();
        configure(options);

        var metadata = new TProject();
        var profile = options.ExcludeLaunchProfile ? null : LaunchProfile.Find(metadata.ProjectPath, options.LaunchProfileName);
        var project = builder.AddResource(new ProjectResource(name))
            .WithAnnotation<IProjectMetadata>(metadata)
            .WithEnvironment(OtlpRetry, "in_memory");

        if (builder.ExecutionContext.IsPublishMode)
        {
            return project.WithPublishDefaults(isWeb: profile?.ApplicationUrl is not null);
        }

        project.WithEnvironment(OtelServiceName, name);
        profile?.ApplyTo(project);
        return project;
    }

    /// <summary>Runs several processes of a project behind one address.</summary>
    /// <param name="builder">The project.</param>
    /// <param name="replicas">How many.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas) =>
        builder.WithAnnotation(new ReplicaAnnotation(replicas), ResourceAnnotationMutationBehavior.Replace);
}
