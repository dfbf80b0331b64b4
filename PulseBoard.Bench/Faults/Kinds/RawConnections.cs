using System.Net.Sockets;

namespace PulseBoard.Bench.Faults.Kinds;

/// <summary>Connections to a service without a client that speaks HTTP.</summary>
internal static class RawConnections
{
    public static async Task<Socket> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address.Host, address.Port, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
