using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace PulseBoard.Verify;

/// <summary>
/// Stands in for Aspire's dashboard where its image cannot be had: takes OTLP over gRPC on 18889, and says on 18888 which service
/// exported which signal how often.
/// </summary>
internal static class Collector
{
    // KeyValue { key = "service.name", value = AnyValue { string_value = … } }: the lengths before the name take a byte each.
    private static readonly byte[] NameKey = [0x0A, 12, .. "service.name"u8, 0x12];

    public static async Task<int> RunAsync()
    {
        var exports = new ConcurrentDictionary<string, int>();

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ListenAnyIP(18888);
            kestrel.ListenAnyIP(18889, endpoint => endpoint.Protocols = HttpProtocols.Http2);
        });

        await using var app = builder.Build();
        app.MapGet("/", () => string.Concat(exports.OrderBy(export => export.Key).Select(export => $"{export.Key} {export.Value}\n")));
        app.MapPost("/opentelemetry.proto.collector.{signal}.v1.{service}/Export", async (string signal, HttpContext context) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            exports.AddOrUpdate($"{ServiceName(body.ToArray())} {signal}", 1, (_, count) => count + 1);

            // An empty message, not compressed: everything was taken.
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(new byte[5]);
            context.Response.AppendTrailer("grpc-status", "0");
        });

        await app.RunAsync();
        return 0;
    }

    private static string ServiceName(ReadOnlySpan<byte> export)
    {
        var key = export.IndexOf(NameKey);
        if (key < 0)
        {
            return "unknown";
        }

        var value = export[(key + NameKey.Length)..];
        return Encoding.UTF8.GetString(value.Slice(3, value[2]));
    }
}
