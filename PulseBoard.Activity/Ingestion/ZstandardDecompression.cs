using Microsoft.AspNetCore.RequestDecompression;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace PulseBoard.Activity.Ingestion;

/// <summary>Unpacks zstd; .NET itself has the others, gzip, brotli and deflate.</summary>
internal sealed class ZstandardDecompression : IDecompressionProvider
{
    // RFC 8878 and 9659: what every sender of Content-Encoding: zstd keeps to. A frame may ask for gigabytes otherwise.
    private const int WindowLog = 23;

    public Stream GetDecompressionStream(Stream stream)
    {
        var decompressor = new Decompressor();
        decompressor.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, WindowLog);
        return new DecompressionStream(stream, decompressor, bufferSize: 0, checkEndOfStream: true, leaveOpen: true, preserveDecompressor: false);
    }
}
