namespace PulseBoard.Activity.Ingestion;

/// <summary>How a batch is written.</summary>
internal enum BatchFormat
{
    /// <summary>A JSON array of events, or an object whose <c>events</c> is one.</summary>
    Json,

    /// <summary>One event a line.</summary>
    NdJson,
}
