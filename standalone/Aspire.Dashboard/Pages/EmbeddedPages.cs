using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Aspire.Dashboard.Pages;

/// <summary>The files of the pages, which are in the assembly.</summary>
internal sealed class EmbeddedPages
{
    private const string Root = "wwwroot/";

    private readonly FrozenDictionary<string, EmbeddedPage> _files = Read().ToFrozenDictionary(file => file.Path, StringComparer.Ordinal);

    /// <summary>Whether there is such a file.</summary>
    public bool Has(string path) => _files.ContainsKey(path);

    /// <summary>Answers with a file; a browser that has it already is told so. Whoever asks for one that is not there made a mistake.</summary>
    public Task WriteAsync(HttpContext context, string path)
    {
        var file = _files[path];

        // Asked for anew each time, since the next host may have others.
        context.Response.Headers.CacheControl = "no-cache";
        if (context.Response.StatusCode != StatusCodes.Status200OK)
        {
            context.Response.ContentType = file.ContentType;
            return context.Response.Body.WriteAsync(file.Content).AsTask();
        }

        return Results.Bytes(file.Content, file.ContentType, entityTag: file.Tag).ExecuteAsync(context);
    }

    private static IEnumerable<EmbeddedPage> Read()
    {
        var types = new FileExtensionContentTypeProvider();
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Root, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var content = new MemoryStream();
            stream.CopyTo(content);
            var bytes = content.ToArray();
            var type = types.TryGetContentType(name, out var known) ? known : "text/plain";
            yield return new(
                name[Root.Length..].Replace('\\', '/'),
                bytes,
                type.StartsWith("text/", StringComparison.Ordinal) ? type + "; charset=utf-8" : type,
                new($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes)[..8])}\""));
        }
    }

    private sealed record EmbeddedPage(string Path, byte[] Content, string ContentType, EntityTagHeaderValue Tag);
}
