namespace PulseBoard.Bench.Systems;

/// <summary>An environment variable of a service.</summary>
/// <param name="Service">The resource's name, or null for every service.</param>
/// <param name="Name">The variable, such as <c>Rollups__AttemptPause</c>.</param>
/// <param name="Value">Its value.</param>
internal sealed record ServiceVariable(string? Service, string Name, string Value);
