using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using PulseBoard.Bench.Load;
using PulseBoard.Bench.Processes;

namespace PulseBoard.Bench.Limits;

/// <summary>The limit of every read API: it answers with the same bytes and headers each time, which lie in its memory.</summary>
internal sealed class ConstantService : LimitService
{
    /// <summary>The verb of the process.</summary>
    public const string Verb = "constant";

    /// <summary>Where it answers.</summary>
    public const string Path = "/constant";

    // Those the server sets by itself.
    private static readonly string[] ServersOwn = ["Date", "Content-Length", "Transfer-Encoding", "Connection", "Server"];

    private readonly HttpClient _client;

    private ConstantService(BenchProcess process, Uri address)
        : base(process, address) => _client = new() { BaseAddress = address };

    /// <summary>Starts it on a free port.</summary>
    public static Task<ConstantService> StartAsync(CancellationToken cancellationToken) =>
        StartAsync(Verb, (process, address) => new ConstantService(process, address), cancellationToken);

    /// <summary>Gives it the answer that it has from now on.</summary>
    /// <param name="answer">An answer of the service that is measured.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task SetAsync(HttpAnswer answer, CancellationToken cancellationToken)
    {
        var headers = answer.Headers().Where(header => !ServersOwn.Contains(header.Key, StringComparer.OrdinalIgnoreCase)).ToDictionary();
        using var response = await _client.PutAsJsonAsync(Path, new Constant(headers, answer.Body.ToArray()), cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    public override async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await base.DisposeAsync();
    }

    /// <summary>The process itself.</summary>
    public static Task<int> MainAsync()
    {
        var constant = new Constant([], []);
        return ServeAsync(app =>
        {
            app.MapPut(Path, (Constant given) => constant = given);
            app.MapGet(Path, (HttpContext context) =>
            {
                var (response, (headers, body)) = (context.Response, constant);
                foreach (var (name, value) in headers)
                {
                    response.Headers[name] = value;
                }

                response.ContentLength = body.Length;
                return response.Body.WriteAsync(body, context.RequestAborted).AsTask();
            });
        });
    }

    private sealed record Constant(Dictionary<string, string> Headers, byte[] Body);
}
