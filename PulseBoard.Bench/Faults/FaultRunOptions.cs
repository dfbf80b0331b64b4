namespace PulseBoard.Bench.Faults;

/// <summary>The frame of one run.</summary>
internal sealed class FaultRunOptions
{
    /// <summary>What is posted meanwhile.</summary>
    public WorkloadOptions Load { get; init; } = new();

    /// <summary>How many acknowledgements there are before the fault.</summary>
    public int AcknowledgedBefore { get; init; } = 200;

    /// <summary>How many there are after it.</summary>
    public int AcknowledgedAfter { get; init; } = 200;

    /// <summary>How long clients may wait for the first acknowledgement after the fault is mended, and for the last.</summary>
    public TimeSpan RecoveryLimit { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long it may take until all is counted after the last post.</summary>
    public TimeSpan PendingLimit { get; init; } = TimeSpan.FromMinutes(2);
}
