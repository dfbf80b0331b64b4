namespace PulseBoard.Bench.Systems;

/// <summary>How a system of one's own differs from the one that the AppHost describes.</summary>
internal sealed class SystemOptions
{
    /// <summary>Whether the broker has its management plugin: it starts and stops in a fraction of the time without.</summary>
    public bool Management { get; init; }

    /// <summary>Environment variables of the services, beyond those of the AppHost.</summary>
    public IReadOnlyList<ServiceVariable> Variables { get; init; } = [];

    /// <summary>A folder for what each resource writes, one file per resource; null for the host's own log.</summary>
    public string? LogFolder { get; init; }
}
