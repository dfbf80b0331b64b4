namespace PulseBoard.Tests.Telemetry;

/// <summary>A log record as it was exported.</summary>
internal sealed record ReceivedLog(string Service, string Category, string TraceId, string SpanId, string Body, IReadOnlyDictionary<string, string> Attributes);
