using System.Net;

namespace PulseBoard.Bench.Load;

/// <summary>Servers of this machine, the only ones that are measured.</summary>
internal static class ThisMachine
{
    /// <summary>Where to connect.</summary>
    /// <exception cref="BenchmarkException">It is not this machine.</exception>
    public static IPEndPoint EndPoint(Uri address) => Require(address) is var local && IPAddress.TryParse(local.Host.Trim('[', ']'), out var ip)
        ? new(ip, local.Port)
        : new(IPAddress.Loopback, address.Port);

    /// <summary>The address itself.</summary>
    /// <exception cref="BenchmarkException">It is not this machine's.</exception>
    public static Uri Require(Uri address) => address.IsLoopback ? address : throw new BenchmarkException("Loads are aimed at this machine only.");
}
