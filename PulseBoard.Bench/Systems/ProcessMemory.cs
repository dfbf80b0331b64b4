using System.Globalization;

namespace PulseBoard.Bench.Systems;

/// <summary>What processes take of this machine's memory. Linux only.</summary>
internal static class ProcessMemory
{
    /// <summary>The resident memory of a service's process, in megabytes.</summary>
    /// <exception cref="BenchmarkException">No process runs it.</exception>
    public static double Resident(PulseBoardSystem system, string service)
    {
        var process = system.ProcessId(service) ?? throw new BenchmarkException($"'{service}' does not run as a process.");

        // VmRSS:	  123456 kB
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;
    }
}
