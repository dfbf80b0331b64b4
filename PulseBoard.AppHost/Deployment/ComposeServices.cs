using Aspire.Hosting.Docker.Resources.ComposeNodes;
using Aspire.Hosting.Docker.Resources.ServiceNodes;
using Aspire.Hosting.Docker.Resources.ServiceNodes.Swarm;

namespace PulseBoard.AppHost.Deployment;

/// <summary>How each resource of the model runs on the machine it is deployed to. None of it matters when the application runs locally.</summary>
internal static class ComposeServices
{
    private const string Restart = "unless-stopped";

    // Longer than a service takes to answer what it accepted and to publish what it stored.
    private const string StopGracePeriod = "40s";

    /// <summary>Deploys a server in its own image.</summary>
    /// <param name="server">Postgres, Redis or RabbitMQ.</param>
    /// <param name="memory">Its limit, as Compose writes it: <c>640M</c>.</param>
    /// <param name="probe">The shell command that succeeds when it serves.</param>
    /// <param name="probeInterval">How often to ask: seldom where the probe itself is dear.</param>
    public static IResourceBuilder<T> DeployServer<T>(
        this IResourceBuilder<T> server, string memory, string probe, string probeInterval = "5s")
        where T : ContainerResource
    {
        return server.PublishAsDockerComposeService((resource, service) =>
        {
            // RabbitMQ keeps its data under its host name.
            service.Hostname = service.Name;
            service.Restart = Restart;
            service.StopGracePeriod = StopGracePeriod;
            if (service.Command is ["-c", var start])
            {
                // The signal to stop goes to the first process: a shell would keep it from the server, which is then killed.
                service.Command[1] = $"exec {start}";
            }

            service.LimitMemory(memory);
            service.RotateLogs();
            service.Healthcheck = new Healthcheck
            {
                Test = ["CMD-SHELL", probe],
                Interval = probeInterval,
                Timeout = "10s",
                Retries = 20,
                StartPeriod = "30s",
            };
        });
    }

    /// <summary>Deploys a service of ours that runs for as long as the machine does.</summary>
    /// <param name="project">The service.</param>
    /// <param name="memory">The limit of each replica.</param>
    /// <param name="replicas">How many of it run.</param>
    public static IResourceBuilder<ProjectResource> DeployService(
        this IResourceBuilder<ProjectResource> project, string memory, int replicas = 1)
    {
        return project.PublishAsDockerComposeService((_, service) =>
        {
            Harden(service, ProjectName(project), memory, Restart);

            // The runtime image has no HTTP client: the service asks itself.
            service.Healthcheck = new Healthcheck
            {
                Test = ["CMD", "dotnet", $"{ProjectName(project)}.dll", "--probe"],
                Interval = "10s",
                Timeout = "5s",
                Retries = 6,
                StartPeriod = "30s",
            };

            if (replicas > 1)
            {
                service.Deploy!.Replicas = replicas;
            }
        });
    }

    /// <summary>Deploys a program of ours that does its work once and ends.</summary>
    /// <param name="project">The program.</param>
    /// <param name="memory">Its limit.</param>
    public static IResourceBuilder<ProjectResource> DeployTask(this IResourceBuilder<ProjectResource> project, string memory)
    {
        return project.PublishAsDockerComposeService((_, service) => Harden(service, ProjectName(project), memory, "on-failure"));
    }

    /// <summary>Keeps a folder of a deployed service beyond the life of its container.</summary>
    /// <param name="project">The service.</param>
    /// <param name="name">The volume.</param>
    /// <param name="target">The folder's absolute path in the container.</param>
    public static IResourceBuilder<ProjectResource> DeployVolume(
        this IResourceBuilder<ProjectResource> project, string name, string target)
    {
        return project.PublishAsDockerComposeService((_, service) => service.AddVolume(new Volume
        {
            Name = name,
            Type = "volume",
            Source = name,
            Target = target,
            ReadOnly = false,
        }));
    }

    public static void LimitMemory(this Service service, string memory)
    {
        service.Deploy = new Deploy { Resources = new() { Limits = new() { Memory = memory } } };
    }

    public static void RotateLogs(this Service service)
    {
        service.Logging = new Logging
        {
            Driver = "json-file",
            Options = new() { ["max-size"] = "10m", ["max-file"] = "3" },
        };
    }

    private static void Harden(Service service, string project, string memory, string restart)
    {
        service.Build = new Build
        {
            Context = "..",
            Dockerfile = "deploy/Dockerfile",
            Args = new() { ["PROJECT"] = project },
        };
        service.Restart = restart;
        service.StopGracePeriod = StopGracePeriod;
        service.LimitMemory(memory);
        service.RotateLogs();

        // The image's user is not root; these keep it from becoming more, and its files from changing.
        service.ReadOnly = true;
        service.Tmpfs = ["/tmp"];
        service.CapDrop = ["ALL"];
        service.SecurityOpt = ["no-new-privileges:true"];
    }

    private static string ProjectName(IResourceBuilder<ProjectResource> project)
    {
        return Path.GetFileNameWithoutExtension(project.Resource.GetProjectMetadata().ProjectPath);
    }
}
