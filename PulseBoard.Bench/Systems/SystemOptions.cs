namespace PulseBoard.Bench.Systems;

/// <summary>How a system of one's own differs from the one that the AppHost describes.</summary>
internal sealed class SystemOptions
{
    /// <summary>Whether the host has its dashboard, which all telemetry is sent to then.</summary>
    public bool HasDashboard { get; init; }

    /// <summary>Whether the broker has its management plugin: it starts and stops in a fraction of the time without.</summary>
    public bool Management { get; init; }

    /// <summary>How many workers count. Those beyond the AppHost's one are resources of their own: <c>analytics-2</c> and so on.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Environment variables of the services, beyond those of the AppHost.</summary>
    public IReadOnlyList<ServiceVariable> Variables { get; init; } = [];

    /// <summary>A folder for what each resource writes, one file per resource; null for the host's own log.</summary>
    public string? LogFolder { get; init; }
}
