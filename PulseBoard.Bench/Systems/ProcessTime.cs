using System.Diagnostics;

namespace PulseBoard.Bench.Systems;

/// <summary>What processes take of this machine's processors.</summary>
internal static class ProcessTime
{
    /// <summary>The processor time that a service's process has had since its start.</summary>
    /// <exception cref="BenchmarkException">No process runs it.</exception>
    public static TimeSpan Of(PulseBoardSystem system, string service)
    {
        using var process = Process.GetProcessById(system.ProcessId(service) ?? throw new BenchmarkException($"'{service}' does not run as a process."));
        return process.TotalProcessorTime;
    }
}
