namespace PulseBoard.Tests.Faults;

/// <summary>How a part ends.</summary>
public enum Ending
{
    /// <summary>In order, with time to finish what it has begun.</summary>
    Stopped,

    /// <summary>With SIGKILL, at once.</summary>
    Killed,
}
