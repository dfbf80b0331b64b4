namespace Aspire.Dashboard.Telemetry;

/// <summary>The part of a program that made an item: an activity source, a meter, a logger's category.</summary>
internal sealed record TelemetryScope(string Name, TelemetryAttribute[] Attributes);
