using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PulseBoard.Tests.Application;

/// <summary>Takes what services export over OTLP (http/protobuf), as it stands on the wire.</summary>
internal sealed class TelemetryCollector : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentQueue<Export> _exports = new();

    private TelemetryCollector(WebApplication server) => _server = server;

    /// <summary>Where to export to.</summary>
    public string Endpoint => _server.Urls.Single();

    public static async Task<TelemetryCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = new TelemetryCollector(builder.Build());
        collector._server.MapPost("/v1/{signal}", collector.TakeAsync);
        await collector._server.StartAsync();
        return collector;
    }

    /// <summary>Whether some export of a signal has all of these in it.</summary>
    /// <param name="signal"><c>traces</c>, <c>metrics</c> or <c>logs</c>.</param>
    /// <param name="parts">Names, or ids, as they are encoded.</param>
    public bool Has(string signal, params byte[][] parts) =>
        _exports.Any(export => export.Signal == signal && parts.All(part => export.Body.AsSpan().IndexOf(part) >= 0));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task<IResult> TakeAsync(string signal, HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        _exports.Enqueue(new(signal, body.ToArray()));
        return Results.Bytes([], "application/x-protobuf");
    }

    private sealed record Export(string Signal, byte[] Body);
}
