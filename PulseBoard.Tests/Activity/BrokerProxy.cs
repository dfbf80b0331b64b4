using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace PulseBoard.Tests.Activity;

/// <summary>A way to the broker that can fall silent, as a network does that drops what it is given.</summary>
internal sealed class BrokerProxy : IDisposable
{
    private const int BufferBytes = 4_096;

    private readonly Uri _broker;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> _connections = [];
    private volatile CancellationTokenSource _silence = new();

    private BrokerProxy(Uri broker) => _broker = broker;

    /// <summary>The broker's connection string, by way of here.</summary>
    public string Address =>
        new UriBuilder(_broker) { Host = IPAddress.Loopback.ToString(), Port = ((IPEndPoint)_listener.LocalEndpoint).Port }.Uri.AbsoluteUri;

    /// <summary>Starts one, on a free port of this machine.</summary>
    /// <param name="broker">The broker's connection string.</param>
    public static BrokerProxy Start(string broker)
    {
        var proxy = new BrokerProxy(new(broker));
        proxy._listener.Start();
        _ = proxy.AcceptAsync();
        return proxy;
    }

    /// <summary>The connections that there are stay open and carry nothing any more. New ones work.</summary>
    public void Silence()
    {
        using var silence = _silence;
        _silence = new();
        silence.Cancel();
    }

    public void Dispose()
    {
        _listener.Dispose();
        _silence.Dispose();
        foreach (var connection in _connections)
        {
            connection.Dispose();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                var broker = new TcpClient();
                _connections.Add(client);
                _connections.Add(broker);
                await broker.ConnectAsync(_broker.Host, _broker.Port);
                _ = CarryAsync(client, broker, _silence.Token);
                _ = CarryAsync(broker, client, _silence.Token);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The end of the test.
        }
    }

    private static async Task CarryAsync(TcpClient from, TcpClient to, CancellationToken silence)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream(), BufferBytes, silence);
            to.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Silenced, or ended by one side.
        }
    }
}
