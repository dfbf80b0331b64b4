namespace PulseBoard.Bench.Load;

/// <summary>An answer of the server.</summary>
/// <param name="Status">Its status code.</param>
/// <param name="Body">Its body, valid until the next request on the same connection.</param>
/// <param name="Closes">The server closes the connection after it.</param>
internal readonly record struct HttpAnswer(int Status, ReadOnlyMemory<byte> Body, bool Closes)
{
    /// <summary>The server did what it was asked.</summary>
    public bool Succeeded => Status is >= 200 and < 300;
}
