using Aspire.Hosting.Docker.Resources.ServiceNodes;
using Aspire.Hosting.Docker.Resources.ServiceNodes.Swarm;

namespace Aspire.Hosting.Docker.Resources.ComposeNodes;

/// <summary>A service of a compose file.</summary>
public sealed class Service : NamedComposeMember
{
    /// <summary>The image that its containers are made from.</summary>
    public string? Image { get; set; }

    /// <summary>When the image is pulled: <c>always</c>, <c>missing</c>, <c>never</c> or <c>build</c>.</summary>
    public string? PullPolicy { get; set; }

    /// <summary>How the image is built.</summary>
    public Build? Build { get; set; }

    /// <summary>The arguments of what a container starts, instead of the image's own.</summary>
    public List<string> Command { get; set; } = [];

    /// <summary>What a container starts, instead of the image's own choice.</summary>
    public List<string> Entrypoint { get; set; } = [];

    /// <summary>Environment variables, by name.</summary>
    public Dictionary<string, string> Environment { get; set; } = [];

    /// <summary>Files with further environment variables.</summary>
    public List<string> EnvFile { get; set; } = [];

    /// <summary>Ports that the host opens: <c>[address:][host port:]container port</c>.</summary>
    public List<string> Ports { get; set; } = [];

    /// <summary>Ports that only other services reach.</summary>
    public List<string> Expose { get; set; } = [];

    /// <summary>Volumes and folders of the host that its containers see.</summary>
    public List<Volume> Volumes { get; set; } = [];

    /// <summary>The services that it waits for, by name.</summary>
    public Dictionary<string, ServiceDependency> DependsOn { get; set; } = [];

    /// <summary>Who its containers run as: <c>user[:group]</c>.</summary>
    public string? User { get; set; }

    /// <summary>The networks that it is in.</summary>
    public List<string> Networks { get; set; } = [];

    /// <summary>When a container that has ended is started again: <c>no</c>, <c>always</c>, <c>on-failure</c> or <c>unless-stopped</c>.</summary>
    public string? Restart { get; set; }

    /// <summary>How many containers it has, and what they may take.</summary>
    public Deploy? Deploy { get; set; }

    /// <summary>How the engine finds out whether a container is healthy.</summary>
    public Healthcheck? Healthcheck { get; set; }

    /// <summary>Where the containers' output goes.</summary>
    public Logging? Logging { get; set; }

    /// <summary>Labels, by name.</summary>
    public Dictionary<string, string> Labels { get; set; } = [];

    /// <summary>The name that a container knows itself by.</summary>
    public string? Hostname { get; set; }

    /// <summary>Capabilities of the kernel's that its containers get beyond the engine's choice.</summary>
    public List<string> CapAdd { get; set; } = [];

    /// <summary>Capabilities of the kernel's that its containers do without; <c>ALL</c> for all.</summary>
    public List<string> CapDrop { get; set; } = [];

    /// <summary>Whether a small init process stands above what a container starts, and reaps what that leaves.</summary>
    public bool? Init { get; set; }

    /// <summary>The profiles that it is part of; none: it is always on.</summary>
    public List<string> Profiles { get; set; } = [];

    /// <summary>Whether the file system of its containers cannot be written to.</summary>
    public bool? ReadOnly { get; set; }

    /// <summary>Security options, such as <c>no-new-privileges:true</c>.</summary>
    public List<string> SecurityOpt { get; set; } = [];

    /// <summary>How long a container may take to stop before it is killed, such as <c>30s</c>.</summary>
    public string? StopGracePeriod { get; set; }

    /// <summary>The signal that asks a container to stop; by default <c>SIGTERM</c>.</summary>
    public string? StopSignal { get; set; }

    /// <summary>Folders in memory, where a container can write even if its file system is read-only.</summary>
    public List<string> Tmpfs { get; set; } = [];

    /// <summary>Gives its containers a volume.</summary>
    /// <param name="volume">The volume.</param>
    /// <returns>The service.</returns>
    public Service AddVolume(Volume volume)
    {
        Volumes.Add(volume);
        return this;
    }
}
