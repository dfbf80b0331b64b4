namespace PulseBoard.Contracts;

/// <summary>What kinds of change a <see cref="MetricsChange"/> stands for.</summary>
[Flags]
public enum MetricsChangeKinds
{
    /// <summary>Nothing changed.</summary>
    None = 0,

    /// <summary>Events were counted.</summary>
    Events = 1,

    /// <summary>People or teams were written.</summary>
    People = 2,

    /// <summary>Rollups were computed again.</summary>
    Recomputation = 4,

    /// <summary>Anything may have changed.</summary>
    All = Events | People | Recomputation,
}
