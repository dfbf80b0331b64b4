namespace PulseBoard.Bench.Faults;

/// <summary>
/// Something that goes wrong under load. An instance is used for one run, and may keep between its steps what it holds. Only what
/// is its own need be written: the load, the invariants and the figures are the same for all.
/// </summary>
/// <param name="name">What it is called on the command line and in the table.</param>
internal abstract class Fault(string name)
{
    /// <summary>A gap that no client would take for an outage, on two busy cores.</summary>
    protected static readonly TimeSpan Undisturbed = TimeSpan.FromSeconds(5);

    /// <summary>What it is called.</summary>
    public string Name { get; } = name;

    /// <summary>Services whose process it ends. Every other service must live through it.</summary>
    public virtual IReadOnlyList<string> Ends => [];

    /// <summary>
    /// How clients may be refused meanwhile, as <see cref="Refusals"/> names it. By default not at all: most faults are none of
    /// ingestion's business.
    /// </summary>
    public virtual IReadOnlyList<string> MayRefuse => [];

    /// <summary>The longest time without an acknowledgement, or null where the fault stops ingestion for as long as it lasts.</summary>
    public virtual TimeSpan? LongestGap => MayRefuse.Count == 0 ? Undisturbed : null;

    /// <summary>How long it lasts, from when it is fully there.</summary>
    public virtual TimeSpan Duration => TimeSpan.Zero;

    /// <summary>Causes it, and returns when it is there.</summary>
    public abstract Task InjectAsync(FaultScene scene, CancellationToken cancellationToken);

    /// <summary>Mends it; also when it could only be caused in part.</summary>
    public virtual Task HealAsync(FaultScene scene, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Looks for what only this fault can break, after the invariants.</summary>
    public virtual Task VerifyAsync(FaultScene scene, CancellationToken cancellationToken) => Task.CompletedTask;
}
