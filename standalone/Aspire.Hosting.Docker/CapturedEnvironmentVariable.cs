using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Docker;

/// <summary>A variable that the compose file leaves open, for the <c>.env</c> file beside it to fill in.</summary>
public sealed class CapturedEnvironmentVariable
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it means, as a comment above it.</summary>
    public string? Description { get; set; }

    /// <summary>The value that a deployment would give it. Publishing leaves it empty.</summary>
    public string? DefaultValue { get; set; }

    /// <summary>What it stands for, such as a parameter of the model.</summary>
    public object? Source { get; set; }

    /// <summary>The resource that it belongs to, where there is one.</summary>
    public IResource? Resource { get; set; }
}
