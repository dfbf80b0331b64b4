using System.Net.Sockets;
using System.Text;

namespace PulseBoard.Bench.Faults.Kinds;

/// <summary>Clients that go away in the middle of a body, some in order and some with a reset: nothing of theirs is stored.</summary>
internal sealed class BrokenBodies() : Fault("broken-bodies")
{
    private const int Clients = 200;

    private readonly Guid[] _eventIds = [.. Enumerable.Range(0, Clients).Select(_ => Guid.CreateVersion7())];

    public override Task InjectAsync(FaultScene scene, CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, Clients).Select(i => BreakOffAsync(scene, i, cancellationToken)));

    public override async Task VerifyAsync(FaultScene scene, CancellationToken cancellationToken)
    {
        var stored = await scene.Database.QueryAsync<long>("SELECT count(*) FROM events WHERE event_id = ANY ($1)", cancellationToken, _eventIds);
        scene.Saw($"{Clients} clients went away in the middle of a body");
        scene.Expect(stored == 0, $"{stored} events were stored that were not sent whole");
    }

    private async Task BreakOffAsync(FaultScene scene, int client, CancellationToken cancellationToken)
    {
        var address = scene.System.Address("activity");
        var body = $$"""{"user":"{{scene.Load.People[0]}}","type":"task_created","event_id":"{{_eventIds[client]}}"}""";
        var (reset, chunked) = (client % 2 == 0, client % 4 < 2);

        // All but the last character: it would be an event with it.
        var sent = chunked
            ? $"Transfer-Encoding: chunked\r\n\r\n{body.Length:x}\r\n{body[..^1]}"
            : $"Content-Length: {body.Length}\r\n\r\n{body[..^1]}";
        using var socket = await RawConnections.OpenAsync(address, cancellationToken);
        await socket.SendAsync(
            Encoding.ASCII.GetBytes($"POST /api/activity HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/json\r\n{sent}"),
            cancellationToken);
        if (reset)
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        else
        {
            socket.Shutdown(SocketShutdown.Both);
        }
    }
}
