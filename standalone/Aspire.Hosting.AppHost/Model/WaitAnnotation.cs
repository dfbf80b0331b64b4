namespace Aspire.Hosting.ApplicationModel;

/// <summary>What of another resource is waited for.</summary>
public enum WaitType
{
    /// <summary>That it runs and its health checks pass.</summary>
    WaitUntilHealthy,

    /// <summary>That it ended with the expected exit code.</summary>
    WaitForCompletion,

    /// <summary>That it runs.</summary>
    WaitUntilStarted,
}

/// <summary>What happens to those that wait when the other resource fails.</summary>
public enum WaitBehavior
{
    /// <summary>They go on waiting: someone may start it again.</summary>
    WaitOnResourceUnavailable,

    /// <summary>They fail to start.</summary>
    StopOnResourceUnavailable,
}

/// <summary>Says that a resource starts only after another.</summary>
/// <param name="resource">The other.</param>
/// <param name="waitType">What of it is waited for.</param>
/// <param name="exitCode">The exit code expected of it, where its completion is waited for.</param>
public sealed class WaitAnnotation(IResource resource, WaitType waitType, int exitCode = 0) : IResourceAnnotation
{
    /// <summary>The other resource.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>What of it is waited for.</summary>
    public WaitType WaitType { get; } = waitType;

    /// <summary>What happens when it fails; null: as for the whole application.</summary>
    public WaitBehavior? WaitBehavior { get; init; }

    /// <summary>The exit code expected of it, where its completion is waited for.</summary>
    public int ExitCode { get; } = exitCode;
}
