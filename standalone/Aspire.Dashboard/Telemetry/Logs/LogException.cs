namespace Aspire.Dashboard.Telemetry.Logs;

/// <summary>What was thrown.</summary>
internal sealed record LogException(string? Type, string? Message, string? Stack);
