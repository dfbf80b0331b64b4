using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace PulseBoard.Tests.Dashboard.Caching;

/// <summary>A way to Redis that can hang and break, so that a test does it to itself only.</summary>
internal sealed class RedisProxy : IDisposable
{
    private const int BufferBytes = 16_384;

    private readonly Lock _lock = new();
    private readonly string _host;
    private readonly int _hostPort;
    private readonly int _port;
    private readonly List<TcpClient> _connections = [];
    private TcpListener? _listener;
    private TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RedisProxy(string connectionString)
    {
        // As the AppHost has it: host:port,password=…
        var parts = connectionString.Split(',', 2);
        var address = parts[0].Split(':');
        (_host, _hostPort) = (address[0], int.Parse(address[1], CultureInfo.InvariantCulture));
        _open.SetResult();
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        _port = ((IPEndPoint)free.LocalEndpoint).Port;
        ConnectionString = string.Join(',', [$"127.0.0.1:{_port}", "connectTimeout=1000", .. parts[1..]]);
    }

    /// <summary>The connection string of this way.</summary>
    public string ConnectionString { get; }

    /// <summary>Starts one, on a free port of this machine.</summary>
    /// <param name="connectionString">How to connect to Redis.</param>
    public static RedisProxy Start(string connectionString)
    {
        var proxy = new RedisProxy(connectionString);
        proxy.Mend();
        return proxy;
    }

    /// <summary>Connections stay, and carry nothing.</summary>
    public void Hang()
    {
        lock (_lock)
        {
            _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>What was held back goes on.</summary>
    public void Resume()
    {
        lock (_lock)
        {
            _open.TrySetResult();
        }
    }

    /// <summary>Connections break, and new ones are refused.</summary>
    public void Break()
    {
        lock (_lock)
        {
            _listener?.Dispose();
            _listener = null;
            _connections.ForEach(connection => connection.Dispose());
            _connections.Clear();
        }
    }

    /// <summary>Connections are taken again.</summary>
    public void Mend()
    {
        lock (_lock)
        {
            _listener = new(IPAddress.Loopback, _port);
            _listener.Start();
            _ = AcceptAsync(_listener);
        }
    }

    public void Dispose()
    {
        Resume();
        Break();
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                var redis = new TcpClient { NoDelay = true };
                client.NoDelay = true;
                lock (_lock)
                {
                    _connections.AddRange([client, redis]);
                }

                await redis.ConnectAsync(_host, _hostPort);
                _ = CarryAsync(client, redis);
                _ = CarryAsync(redis, client);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Broken, or the end of the test.
        }
    }

    private async Task CarryAsync(TcpClient from, TcpClient to)
    {
        var buffer = new byte[BufferBytes];
        try
        {
            while (await from.GetStream().ReadAsync(buffer) is > 0 and var read)
            {
                await Gate();
                await to.GetStream().WriteAsync(buffer.AsMemory(0, read));
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Broken.
        }
        finally
        {
            from.Dispose();
            to.Dispose();
        }
    }

    private Task Gate()
    {
        lock (_lock)
        {
            return _open.Task;
        }
    }
}
