using System.Reflection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Standalone;

/// <summary>
/// What a test puts around the entry point of a host: it flows with the thread that runs the entry point, so that two hosts in one
/// process do not see each other's.
/// </summary>
internal sealed class BuilderInterception
{
    private static readonly AsyncLocal<BuilderInterception?> Flowing = new();

    public static BuilderInterception? Current
    {
        get => Flowing.Value;
        set => Flowing.Value = value;
    }

    /// <summary>The assembly whose entry point runs.</summary>
    public required Assembly Assembly { get; init; }

    /// <summary>Called before the host is made of these.</summary>
    public Action<DistributedApplicationOptions, HostApplicationBuilderSettings> OnCreating { get; init; } = (_, _) => { };

    /// <summary>Called at the head of <c>Build()</c>, with the model complete; the builder goes on when it returns.</summary>
    public required Action<DistributedApplicationBuilder> OnBuilding { get; init; }

    /// <summary>Called at the end of <c>Build()</c>.</summary>
    public required Action<DistributedApplication> OnBuilt { get; init; }
}
