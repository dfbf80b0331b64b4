using System.Buffers;
using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace Aspire.Dashboard.Otlp;

/// <summary>The body of an export over HTTP, in memory that is lent.</summary>
internal sealed class OtlpBody : IDisposable
{
    private const int FirstBytes = 64 * 1024;
    private const string Gzip = "gzip";
    private const string Identity = "identity";

    private byte[] _buffer;

    private OtlpBody(int capacity) => _buffer = ArrayPool<byte>.Shared.Rent(capacity);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, Length);

    /// <summary>Whether a body is encoded in a way that can be read.</summary>
    public static bool CanDecode(HttpRequest request) => Encoding(request) is Identity or Gzip;

    /// <summary>Reads a body, unzipped.</summary>
    /// <param name="request">The request.</param>
    /// <param name="limit">How long it may be: a small archive may hide a large body.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The body, or null if it is longer.</returns>
    /// <exception cref="InvalidDataException">It is no archive.</exception>
    public static async Task<OtlpBody?> ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
        {
            return null;
        }

        var isZipped = Encoding(request) == Gzip;
        var body = new OtlpBody((int)Math.Max(request.ContentLength ?? 0, FirstBytes));
        try
        {
            await using var unzipped = isZipped ? new GZipStream(request.Body, CompressionMode.Decompress, leaveOpen: true) : null;
            if (await body.FillAsync(unzipped ?? request.Body, limit, cancellationToken))
            {
                return body;
            }
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            // The server's own limit: null, as where the length was told beforehand.
        }
        catch
        {
            body.Dispose();
            throw;
        }

        body.Dispose();
        return null;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        Length = 0;
    }

    private static string Encoding(HttpRequest request) =>
        request.Headers.ContentEncoding.ToString() is { Length: > 0 } encoding ? encoding.ToLowerInvariant() : Identity;

    private async Task<bool> FillAsync(Stream stream, int limit, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Length == _buffer.Length)
            {
                var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
                _buffer.CopyTo(larger, 0);
                ArrayPool<byte>.Shared.Return(_buffer);
                _buffer = larger;
            }

            var read = await stream.ReadAsync(_buffer.AsMemory(Length), cancellationToken);
            if (read == 0)
            {
                return true;
            }

            Length += read;
            if (Length > limit)
            {
                return false;
            }
        }
    }
}
