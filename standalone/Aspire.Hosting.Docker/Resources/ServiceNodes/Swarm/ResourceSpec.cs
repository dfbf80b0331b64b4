namespace Aspire.Hosting.Docker.Resources.ServiceNodes.Swarm;

/// <summary>An amount of the machine.</summary>
public sealed class ResourceSpec
{
    /// <summary>Processors, such as <c>0.50</c>.</summary>
    public string? Cpus { get; set; }

    /// <summary>Memory, such as <c>256M</c>.</summary>
    public string? Memory { get; set; }
}
