namespace PulseBoard.Bench.Load;

/// <summary>What one client of a load sends.</summary>
internal interface ILoadRequests
{
    /// <summary>The next request. It may be overwritten by later ones: a client has one under way.</summary>
    ReadOnlyMemory<byte> Next();
}
