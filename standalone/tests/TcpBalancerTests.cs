using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.Standalone;

namespace PulseBoard.Tests.Standalone;

public sealed class TcpBalancerTests : IDisposable
{
    private readonly CancellationTokenSource _limit = new(StandInApplication.Limit);

    public void Dispose() => _limit.Dispose();

    [Fact]
    public async Task Connections_go_to_each_replica_in_turn()
    {
        using var one = Server(1, out var first);
        using var two = Server(2, out var second);
        var port = PortAllocator.Take();
        await using var balancer = new TcpBalancer(port, [first, second]);

        var answers = new[] { await AskAsync(port), await AskAsync(port), await AskAsync(port), await AskAsync(port) };

        Assert.Equal(2, answers.Count(a => a == 1));
        Assert.Equal(2, answers.Count(a => a == 2));
    }

    [Fact]
    public async Task Connections_pass_over_a_replica_that_is_away()
    {
        using var one = Server(1, out var first);
        var port = PortAllocator.Take();
        await using var balancer = new TcpBalancer(port, [PortAllocator.Take(), first]);

        Assert.Equal(1, await AskAsync(port));
        Assert.Equal(1, await AskAsync(port));
    }

    private TcpListener Server(byte answer, out int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _ = ServeAsync(listener, answer);
        return listener;
    }

    private async Task ServeAsync(TcpListener listener, byte answer)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(_limit.Token);
                await client.GetStream().WriteAsync(new[] { answer }, _limit.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task<int> AskAsync(int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, _limit.Token);
        var answer = new byte[1];
        await client.GetStream().ReadExactlyAsync(answer, _limit.Token);
        return answer[0];
    }
}
