namespace Aspire.Hosting.Docker.Resources.ServiceNodes.Swarm;

/// <summary>What a container may take of the machine.</summary>
public sealed class Resources
{
    /// <summary>The most that it gets.</summary>
    public ResourceSpec? Limits { get; set; }

    /// <summary>The least that is kept for it.</summary>
    public ResourceSpec? Reservations { get; set; }
}
