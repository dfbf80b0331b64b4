namespace PulseBoard.Bench.Faults;

/// <summary>How a part stops working.</summary>
internal enum Interruption
{
    /// <summary>It ends in order, with time to finish what it has begun.</summary>
    Stopped,

    /// <summary>SIGKILL: it ends at once.</summary>
    Killed,

    /// <summary>SIGSTOP: its connections stay open, and nobody answers on them.</summary>
    Hung,
}
