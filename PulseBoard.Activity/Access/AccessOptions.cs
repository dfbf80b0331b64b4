namespace PulseBoard.Activity.Access;

/// <summary>What callers must know.</summary>
internal sealed class AccessOptions
{
    /// <summary>Opens ingestion.</summary>
    public string? IngestionKey { get; set; }
}
