namespace Aspire.Hosting.ApplicationModel;

/// <summary>Says how many processes of a resource run side by side.</summary>
/// <param name="replicas">How many.</param>
public sealed class ReplicaAnnotation(int replicas = 1) : IResourceAnnotation
{
    /// <summary>How many.</summary>
    public int Replicas { get; } = replicas;
}
