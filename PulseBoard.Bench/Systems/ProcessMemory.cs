using System.Globalization;

namespace PulseBoard.Bench.Systems;

/// <summary>What processes take of this machine's memory. Linux only.</summary>
internal static class ProcessMemory
{
    /// <summary>The resident memory of a service's process, in megabytes. What it shares with others, such as the runtime, is in it whole.</summary>
    /// <exception cref="BenchmarkException">No process runs it.</exception>
    public static double Resident(PulseBoardSystem system, string service) => Read(system, service, "Rss:");

    /// <summary>
    /// The proportional set size of a service's process, in megabytes: what it shares with others, such as the runtime, is in it by its share,
    /// so that the sizes of all processes add up to what is taken.
    /// </summary>
    /// <exception cref="BenchmarkException">No process runs it.</exception>
    public static double Proportional(PulseBoardSystem system, string service) => Read(system, service, "Pss:");

    private static double Read(PulseBoardSystem system, string service, string field)
    {
        var process = system.ProcessId(service) ?? throw new BenchmarkException($"'{service}' does not run as a process.");

        // Rss:              123456 kB
        var line = File.ReadLines($"/proc/{process}/smaps_rollup").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;
    }
}
