using System.Buffers;
using System.Net;

namespace PulseBoard.Web.Forwarding;

/// <summary>
/// A client's body on its way to an API, flushed piece by piece: <see cref="StreamContent"/> would leave small pieces in the
/// connection's buffer until more of them come.
/// </summary>
internal sealed class RequestBody(Stream body) : HttpContent
{
    private const int PieceBytes = 64 * 1024;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var piece = ArrayPool<byte>.Shared.Rent(PieceBytes);

        try
        {
            while (await body.ReadAsync(piece, cancellationToken) is > 0 and var length)
            {
                await stream.WriteAsync(piece.AsMemory(0, length), cancellationToken);
                await stream.FlushAsync(cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    /// <summary>Unknown here: where the client said it, its Content-Length is copied with the other headers.</summary>
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
