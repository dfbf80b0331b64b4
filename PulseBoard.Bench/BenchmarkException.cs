namespace PulseBoard.Bench;

/// <summary>A measurement cannot be made; the message says why, for who runs it.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);
