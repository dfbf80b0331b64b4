namespace PulseBoard.Tests.Telemetry;

/// <summary>An instrument as it was exported last.</summary>
internal sealed record ReceivedMetric(string Service, string Meter, string Name, string Unit, string Description, IReadOnlyList<MetricPoint> Points);

/// <summary>One value: of a histogram, how many measurements there were.</summary>
internal sealed record MetricPoint(IReadOnlyDictionary<string, string> Attributes, double Value);
