namespace PulseBoard.Data.Accounting;

/// <summary>What one process has counted under one name in one minute, so far.</summary>
/// <param name="Minute">The beginning of the minute, in UTC.</param>
/// <param name="Name">What was counted: see <see cref="Contracts.PipelineCounters"/>.</param>
/// <param name="Value">The whole of it, not what came since the last time.</param>
internal readonly record struct PipelineCount(DateTimeOffset Minute, string Name, long Value);
