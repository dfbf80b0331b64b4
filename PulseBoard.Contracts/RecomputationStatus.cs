namespace PulseBoard.Contracts;

/// <summary>How far a <see cref="Recomputation"/> has come.</summary>
public static class RecomputationStatus
{
    /// <summary>It waits for a worker.</summary>
    public const string Requested = "requested";

    /// <summary>A worker is at it.</summary>
    public const string Running = "running";

    /// <summary>Every day is mended.</summary>
    public const string Done = "done";

    /// <summary>It was given up; the days before the one that failed are mended.</summary>
    public const string Failed = "failed";
}
