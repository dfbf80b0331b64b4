using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using PulseBoard.Bench.Scenarios;

namespace PulseBoard.Bench.Reporting;

/// <summary>What the figures were measured on. Whatever cannot be learnt is left out.</summary>
/// <param name="Cores">Cores that load, services and servers share.</param>
/// <param name="Processor">Its model.</param>
/// <param name="MemoryMegabytes">All of it.</param>
/// <param name="Kernel">The operating system.</param>
/// <param name="Runtime">The version of .NET.</param>
/// <param name="Servers">The servers' versions, by name.</param>
/// <param name="Commit">What was built.</param>
internal sealed record MachineDescription(
    int Cores, string? Processor, long? MemoryMegabytes, string Kernel, string Runtime, IReadOnlyDictionary<string, string> Servers, string? Commit)
{
    public static async Task<MachineDescription> ReadAsync(MeasuredSystem system, CancellationToken cancellationToken) => new(
        Environment.ProcessorCount,
        Read("/proc/cpuinfo", "model name"),
        long.TryParse(Read("/proc/meminfo", "MemTotal")?.Split(' ')[0], CultureInfo.InvariantCulture, out var kilobytes) ? kilobytes / 1024 : null,
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        await ServerVersions.ReadAsync(system, cancellationToken),
        // The SDK adds the commit to the version: 1.0.0+<commit>.
        Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+').ElementAtOrDefault(1));

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Cores} cores ({Processor ?? "unknown"}), {MemoryMegabytes:N0} MB, {Kernel}, {Runtime}")
        + string.Concat(Servers.Select(server => $", {server.Key} {server.Value}"))
        + (Commit is null ? "" : $", commit {Commit[..Math.Min(Commit.Length, 12)]}");

    // model name	: AMD EPYC 7763
    private static string? Read(string file, string name) => File.Exists(file)
        ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
        : null;
}
