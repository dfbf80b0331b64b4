using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Standalone;

/// <summary>How a resource that is a container elsewhere runs here, as a native process.</summary>
internal sealed class NativeServerAnnotation : IResourceAnnotation
{
    /// <summary>What must be installed.</summary>
    public required IReadOnlyList<RequiredProgram> Programs { get; init; }

    /// <summary>Prepares the server's files and says what to start; called before every start, restarts included.</summary>
    public required Func<NativeServerContext, CancellationToken, Task<ProcessSpec>> Prepare { get; init; }
}

/// <summary>A program that a server needs.</summary>
/// <param name="Name">What users know it by.</param>
/// <param name="Locate">Its path, or null where it is not installed.</param>
/// <param name="DebianPackage">The package of Debian and Ubuntu that has it.</param>
internal sealed record RequiredProgram(string Name, Func<string?> Locate, string DebianPackage);

/// <summary>What a server needs to know to prepare its start.</summary>
internal sealed class NativeServerContext
{
    public required IResource Resource { get; init; }

    /// <summary>Where its data lies; exists. The same over restarts; a volume's folder, or one that is removed at exit.</summary>
    public required string DataDirectory { get; init; }

    public required Func<string, int> EndpointPorts { private get; init; }

    public required Func<string, int> ReservedPorts { private get; init; }

    /// <summary>The port that the server must listen on, on the loopback address.</summary>
    public int Port(string endpointName) => EndpointPorts(endpointName);

    /// <summary>A free port for the server's own needs; the same for the same purpose over restarts.</summary>
    public int ReservePort(string purpose) => ReservedPorts(purpose);
}
