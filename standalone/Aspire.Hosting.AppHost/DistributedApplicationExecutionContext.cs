namespace Aspire.Hosting;

/// <summary>What the application was started for.</summary>
public enum DistributedApplicationOperation
{
    /// <summary>To run on this machine.</summary>
    Run,

    /// <summary>To write what another machine needs to run it.</summary>
    Publish,
}

/// <summary>Tells the model what it is built for.</summary>
/// <param name="operation">Run or publish.</param>
public class DistributedApplicationExecutionContext(DistributedApplicationOperation operation)
{
    /// <summary>Run or publish.</summary>
    public DistributedApplicationOperation Operation { get; } = operation;

    /// <summary>Whether it is built to be published.</summary>
    public bool IsPublishMode => Operation == DistributedApplicationOperation.Publish;

    /// <summary>Whether it is built to run here.</summary>
    public bool IsRunMode => Operation == DistributedApplicationOperation.Run;
}
