using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Standalone;

/// <summary>Listens on one port and hands each connection to the next of several, passing over those that do not answer.</summary>
internal sealed class TcpBalancer : IAsyncDisposable
{
    private const int BufferSize = 64 * 1024;

    private readonly IReadOnlyList<int> _targets;
    private readonly IReadOnlyList<Socket> _listeners;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;
    private uint _next;

    /// <exception cref="SocketException">The port is taken.</exception>
    public TcpBalancer(int port, IReadOnlyList<int> targets)
    {
        _targets = targets;
        _listeners = Listen(port);
        _accepting = Task.WhenAll(_listeners.Select(AcceptAsync));
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        foreach (var listener in _listeners)
        {
            listener.Dispose();
        }

        await _accepting.ConfigureAwait(false);
        _stopping.Dispose();
    }

    private static List<Socket> Listen(int port)
    {
        var listeners = new List<Socket>();
        foreach (var address in Socket.OSSupportsIPv6 ? new[] { IPAddress.Loopback, IPAddress.IPv6Loopback } : [IPAddress.Loopback])
        {
            var listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
                listener.Bind(new IPEndPoint(address, port));
                listener.Listen();
                listeners.Add(listener);
            }
            catch (SocketException) when (listeners.Count > 0)
            {
                // A machine without a loopback address of version 6.
                listener.Dispose();
            }
            catch
            {
                listener.Dispose();
                throw;
            }
        }

        return listeners;
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptAsync(_stopping.Token).ConfigureAwait(false);
                _ = ServeAsync(client);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // The client gave up before it was accepted.
            }
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using (client)
        {
            try
            {
                using var server = await ConnectAsync().ConfigureAwait(false);
                if (server is not null)
                {
                    client.NoDelay = true;
                    server.NoDelay = true;
                    await Task.WhenAll(CopyAsync(client, server), CopyAsync(server, client)).ConfigureAwait(false);
                }
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // One side broke the connection; closing both is how the other learns of it.
            }
        }
    }

    private async Task<Socket?> ConnectAsync()
    {
        var first = Interlocked.Increment(ref _next);
        for (var i = 0; i < _targets.Count; i++)
        {
            var target = _targets[(int)((first + i) % _targets.Count)];
            var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, target, _stopping.Token).ConfigureAwait(false);
                return server;
            }
            catch (SocketException)
            {
                server.Dispose();
            }
        }

        return null;
    }

    private async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[BufferSize];
        try
        {
            int count;
            while ((count = await from.ReceiveAsync(buffer, _stopping.Token).ConfigureAwait(false)) > 0)
            {
                var sent = 0;
                while (sent < count)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), _stopping.Token).ConfigureAwait(false);
                }
            }

            // The other direction may go on.
            to.Shutdown(SocketShutdown.Send);
        }
        catch
        {
            from.Dispose();
            to.Dispose();
            throw;
        }
    }
}
