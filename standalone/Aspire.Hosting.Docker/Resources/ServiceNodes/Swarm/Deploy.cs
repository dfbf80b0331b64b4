namespace Aspire.Hosting.Docker.Resources.ServiceNodes.Swarm;

/// <summary>How many containers a service has, and what they may take.</summary>
public sealed class Deploy
{
    /// <summary>How many containers.</summary>
    public int? Replicas { get; set; }

    /// <summary>What each of them may take.</summary>
    public Resources? Resources { get; set; }
}
