using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Standalone;

/// <summary>Says how the application is written down for a compute environment.</summary>
/// <param name="publish">Writes it into the folder, which need not exist, and returns the paths of what it wrote.</param>
internal sealed class PublishingAnnotation(
    Func<PublishingContext, CancellationToken, Task<IReadOnlyList<string>>> publish) : IResourceAnnotation
{
    public Func<PublishingContext, CancellationToken, Task<IReadOnlyList<string>>> Publish { get; } = publish;
}

/// <summary>What is published, and to which folder.</summary>
internal sealed record PublishingContext(
    DistributedApplicationModel Model, DistributedApplicationExecutionContext ExecutionContext, string OutputPath);
