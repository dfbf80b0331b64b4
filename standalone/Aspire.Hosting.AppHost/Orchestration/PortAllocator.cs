using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Standalone;

/// <summary>
/// Finds ports to listen on. They lie below the range from which the kernel takes the ports of outgoing connections: a port from
/// that range can be taken by any connection while its server restarts.
/// </summary>
internal static class PortAllocator
{
    /// <summary>The setting, as Aspire has it, by which every port is any that is free.</summary>
    public const string RandomizeKey = "DcpPublisher:RandomizePorts";

    private const int First = 20_000;
    private const int Last = 31_999;
    private const int Attempts = 1_000;

    private static readonly Lock Gate = new();

    // For the whole process, since several applications may run in one.
    private static readonly HashSet<int> Given = [];

    /// <summary>A port that nobody listens on and that was not given before.</summary>
    public static int Take()
    {
        lock (Gate)
        {
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                var port = Random.Shared.Next(First, Last + 1);
                if (!Given.Contains(port) && IsFree(port))
                {
                    Given.Add(port);
                    return port;
                }
            }
        }

        throw new DistributedApplicationException($"No free port was found between {First} and {Last}.");
    }

    public static bool IsFree(int port) => IsFree(IPAddress.Loopback, port) && (!Socket.OSSupportsIPv6 || IsFree(IPAddress.IPv6Loopback, port));

    private static bool IsFree(IPAddress address, int port)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // As servers do: connections of a predecessor that are still closing do not count.
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen();
            return true;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported;
        }
    }
}
