using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PulseBoard.Bench.Processes;

namespace PulseBoard.Bench.Limits;

/// <summary>
/// A limit of every HTTP API on this machine and framework: the same server, and next to nothing behind it. A process of its own, as
/// a service is.
/// </summary>
internal abstract class LimitService : IAsyncDisposable
{
    // What the web SDK sets for the services.
    private static readonly Dictionary<string, string> Tuning = new() { ["DOTNET_gcServer"] = "1" };

    private readonly BenchProcess _process;

    protected LimitService(BenchProcess process, Uri address) => (_process, Address) = (process, address);

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    public virtual ValueTask DisposeAsync() => _process.DisposeAsync();

    /// <summary>Starts one on a free port.</summary>
    /// <param name="verb">The verb of its process.</param>
    /// <param name="create">Makes it of the process and the address.</param>
    /// <param name="cancellationToken">Gives up.</param>
    protected static async Task<T> StartAsync<T>(string verb, Func<BenchProcess, Uri, T> create, CancellationToken cancellationToken)
        where T : LimitService
    {
        var process = BenchProcess.Start(verb, Tuning);
        try
        {
            return create(process, new(await process.ReadLineAsync(cancellationToken)));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>The process itself.</summary>
    /// <param name="map">Maps what it answers.</param>
    protected static async Task<int> ServeAsync(Action<WebApplication> map)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower);

        await using var app = builder.Build();
        map(app);
        await app.StartAsync();
        Console.WriteLine(app.Urls.Single());
        await ParentProcess.LeavesAsync();
        return 0;
    }
}
