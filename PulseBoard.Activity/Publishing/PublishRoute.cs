namespace PulseBoard.Activity.Publishing;

/// <summary>The way of a batch to the broker.</summary>
internal enum PublishRoute
{
    /// <summary>Right after its commit.</summary>
    Direct,

    /// <summary>Later, because it was still in the outbox.</summary>
    Relay,
}
