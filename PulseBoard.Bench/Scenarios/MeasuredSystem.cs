namespace PulseBoard.Bench.Scenarios;

/// <summary>The PulseBoard that is measured.</summary>
/// <param name="Activity">Its ingestion API.</param>
/// <param name="Database">Its database's connection string; null where only the API is known.</param>
internal sealed record MeasuredSystem(Uri Activity, string? Database);
