using System.IO.Compression;
using System.Net.Mime;
using Microsoft.AspNetCore.ResponseCompression;

namespace PulseBoard.Web;

/// <summary>Compression of pages. Scripts and styles are compressed when they are built, and what the APIs answer is passed on as it is.</summary>
internal static class PageCompression
{
    public static void AddPageCompression(this IHostApplicationBuilder builder)
    {
        builder.Services.AddResponseCompression(options =>
        {
            options.MimeTypes = [MediaTypeNames.Text.Html];

            // Lengths tell nothing of the one secret in a page: the token against forgery is encrypted anew for each answer.
            options.EnableForHttps = true;
        });
        builder.Services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        builder.Services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
    }
}
