using System.Buffers;

namespace PulseBoard.Activity.Ingestion;

/// <summary>A request's whole body, in pooled memory: what refers to it must end before it does.</summary>
internal sealed class RequestBody : IDisposable
{
    private const int InitialCapacity = 4 * 1024;

    private static readonly byte[] ByteOrderMark = [0xef, 0xbb, 0xbf];

    private byte[] _buffer;
    private int _length;

    private RequestBody(int capacity) => _buffer = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>The body, without a byte order mark.</summary>
    public ReadOnlyMemory<byte> Bytes
    {
        get
        {
            var bytes = _buffer.AsMemory(0, _length);
            return bytes.Span.StartsWith(ByteOrderMark) ? bytes[ByteOrderMark.Length..] : bytes;
        }
    }

    /// <summary>
    /// Reads a body, unpacked where it came packed. Memory grows with what was read, never with what a header promises or a
    /// packed body might become.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="limit">Most bytes of the body, unpacked.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BadHttpRequestException">The body is over the limit (413), or broke off (400).</exception>
    /// <exception cref="InvalidDataException">It is not packed as its header says.</exception>
    public static async Task<RequestBody> ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        // One byte of room beyond what is announced: the read that finds the end then needs no bigger buffer.
        var body = new RequestBody((int)Math.Min(request.ContentLength ?? InitialCapacity, InitialCapacity) + 1);
        try
        {
            while (true)
            {
                if (body._length == body._buffer.Length)
                {
                    body.Grow();
                }

                var read = await request.Body.ReadAsync(body._buffer.AsMemory(body._length), cancellationToken);
                if (read == 0)
                {
                    return body;
                }

                body._length += read;
                if (body._length > limit)
                {
                    throw new BadHttpRequestException("The body is over the limit.", StatusCodes.Status413PayloadTooLarge);
                }
            }
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _length) = ([], 0);
    }

    private void Grow()
    {
        var bigger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _length).CopyTo(bigger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = bigger;
    }
}
