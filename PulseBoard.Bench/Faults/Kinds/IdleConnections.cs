using System.Net.Sockets;

namespace PulseBoard.Bench.Faults.Kinds;

/// <summary>5,000 connections on which nothing is sent.</summary>
internal sealed class IdleConnections(TimeSpan duration) : Fault("idle-connections")
{
    private const int Connections = 5_000;
    private const int AtOnce = 50;

    private readonly List<Socket> _open = [];

    public override TimeSpan Duration => duration;

    public override async Task InjectAsync(FaultScene scene, CancellationToken cancellationToken)
    {
        var address = scene.System.Address("activity");
        while (_open.Count < Connections)
        {
            _open.AddRange(await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => RawConnections.OpenAsync(address, cancellationToken))));
        }
    }

    public override Task HealAsync(FaultScene scene, CancellationToken cancellationToken)
    {
        var alive = _open.Count(socket => !socket.Poll(TimeSpan.Zero, SelectMode.SelectRead));
        scene.Saw($"{alive} of {_open.Count} idle connections were open at the end");
        scene.Expect(alive == Connections, "the service did not keep them");
        _open.ForEach(socket => socket.Dispose());
        return Task.CompletedTask;
    }
}
