using Aspire.Hosting.Docker.Resources.ComposeNodes;
using Aspire.Hosting.Docker.Resources.ServiceNodes;
using Aspire.Hosting.Standalone;

namespace Aspire.Hosting.Docker.Resources;

/// <summary>A compose file. Here, as in all its nodes, what is null or empty is not written, and the rest in the order of the members.</summary>
public sealed class ComposeFile
{
    /// <summary>Name of the compose project; null: Compose chooses, by default the name of the folder.</summary>
    public string? Name { get; set; }

    /// <summary>The services, by name.</summary>
    public Dictionary<string, Service> Services { get; set; } = [];

    /// <summary>The networks, by name.</summary>
    public Dictionary<string, Network> Networks { get; set; } = [];

    /// <summary>The volumes, by name.</summary>
    public Dictionary<string, Volume> Volumes { get; set; } = [];

    /// <summary>Adds a network, or replaces the one of its name.</summary>
    /// <param name="network">The network.</param>
    /// <returns>The file.</returns>
    public ComposeFile AddNetwork(Network network)
    {
        Networks[network.Name] = network;
        return this;
    }

    /// <summary>Adds a service, or replaces the one of its name.</summary>
    /// <param name="service">The service.</param>
    /// <returns>The file.</returns>
    public ComposeFile AddService(Service service)
    {
        Services[service.Name] = service;
        return this;
    }

    /// <summary>Adds a volume, or replaces the one of its name.</summary>
    /// <param name="volume">The volume.</param>
    /// <returns>The file.</returns>
    public ComposeFile AddVolume(Volume volume)
    {
        Volumes[volume.Name] = volume;
        return this;
    }

    /// <summary>The file's text.</summary>
    /// <param name="lineEndings">What ends a line.</param>
    /// <returns>The text.</returns>
    public string ToYaml(string lineEndings = "\n") => ComposeYaml.Write(this, lineEndings);
}
