using Aspire.Hosting.Docker.Resources.ComposeNodes;
using Aspire.Hosting.Docker.Resources.ServiceNodes;

namespace PulseBoard.AppHost.Deployment;

/// <summary>How our own programs run where the application is deployed. None of it matters when the application runs locally.</summary>
internal static class DeployedProjects
{
    // Longer than a service takes to answer what it accepted and to publish what it stored.
    private const string StopGracePeriod = "30s";

    /// <summary>Deploys a service that runs for as long as the machine does.</summary>
    /// <param name="project">The service.</param>
    /// <param name="memory">The limit of each replica, as Compose writes it: <c>320M</c>.</param>
    /// <param name="replicas">How many of it run.</param>
    public static IResourceBuilder<ProjectResource> DeployService(
        this IResourceBuilder<ProjectResource> project, string memory, int? replicas = null)
    {
        return project.PublishAsDockerComposeService((_, service) =>
        {
            Configure(service, project, memory, ServiceExtensions.RestartUnlessStopped);
            service.Deploy!.Replicas = replicas;

            // The runtime image has no HTTP client: the service asks itself.
            service.Healthcheck = new Healthcheck
            {
                Test = ["CMD", "dotnet", $"{NameOf(project)}.dll", "--probe"],
                Interval = "10s",
                Timeout = "5s",
                Retries = 6,
                StartPeriod = "30s",
            };
        });
    }

    /// <summary>Deploys a program that does its work once and ends.</summary>
    /// <param name="project">The program.</param>
    /// <param name="memory">Its limit.</param>
    public static IResourceBuilder<ProjectResource> DeployTask(this IResourceBuilder<ProjectResource> project, string memory)
    {
        return project.PublishAsDockerComposeService((_, service) => Configure(service, project, memory, "on-failure"));
    }

    /// <summary>Keeps a folder of a deployed service beyond the life of its container, and tells the service where it is.</summary>
    /// <param name="project">The service.</param>
    /// <param name="variable">The environment variable that gets the folder's path.</param>
    /// <param name="volume">The volume.</param>
    /// <param name="folder">The folder's absolute path in the container.</param>
    public static IResourceBuilder<ProjectResource> DeployFolder(
        this IResourceBuilder<ProjectResource> project, string variable, string volume, string folder)
    {
        return project.PublishAsDockerComposeService((_, service) =>
        {
            service.Environment[variable] = folder;
            service.Mount(volume, folder);
        });
    }

    private static void Configure(Service service, IResourceBuilder<ProjectResource> project, string memory, string restart)
    {
        service.Build = new Build
        {
            Context = "..",
            Dockerfile = "deploy/Dockerfile",
            Args = new() { ["PROJECT"] = NameOf(project) },
        };
        service.Restart = restart;
        service.StopGracePeriod = StopGracePeriod;
        service.LimitMemory(memory);
        service.RotateLogs();

        // Its user is the image's, who is not root.
        service.Harden("/tmp");
    }

    private static string NameOf(IResourceBuilder<ProjectResource> project) =>
        Path.GetFileNameWithoutExtension(project.Resource.GetProjectMetadata().ProjectPath);
}
