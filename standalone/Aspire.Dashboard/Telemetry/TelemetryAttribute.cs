namespace Aspire.Dashboard.Telemetry;

/// <summary>What an item says of itself; the value as text, whatever its type was.</summary>
internal readonly record struct TelemetryAttribute(string Key, string Value);
