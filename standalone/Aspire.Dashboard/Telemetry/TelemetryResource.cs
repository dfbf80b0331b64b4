namespace Aspire.Dashboard.Telemetry;

/// <summary>Who sent an item.</summary>
/// <param name="Name">The <c>service.name</c>.</param>
/// <param name="Instance">The <c>service.instance.id</c>, or null.</param>
/// <param name="Attributes">All that it says of itself, these two included.</param>
internal sealed record TelemetryResource(string Name, string? Instance, TelemetryAttribute[] Attributes);
