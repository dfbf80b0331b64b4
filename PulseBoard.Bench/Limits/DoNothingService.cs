using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PulseBoard.Bench.Load;
using PulseBoard.Bench.Processes;
using PulseBoard.Contracts;

namespace PulseBoard.Bench.Limits;

/// <summary>
/// The limit of every ingestion API on this machine and framework: it reads the same JSON into the same kind of object, answers 202
/// with a like body, and does nothing else. A process of its own, as a service is.
/// </summary>
internal sealed class DoNothingService : IAsyncDisposable
{
    /// <summary>The verb of the process.</summary>
    public const string Verb = "do-nothing";

    // What the web SDK sets for the services.
    private static readonly Dictionary<string, string> Tuning = new() { ["DOTNET_gcServer"] = "1" };

    private readonly BenchProcess _process;

    private DoNothingService(BenchProcess process, Uri address) => (_process, Address) = (process, address);

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Starts it on a free port.</summary>
    public static async Task<DoNothingService> StartAsync(CancellationToken cancellationToken)
    {
        var process = BenchProcess.Start(Verb, Tuning);
        try
        {
            return new(process, new(await process.ReadLineAsync(cancellationToken)));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    /// <summary>The process itself.</summary>
    public static async Task<int> MainAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower);

        await using var app = builder.Build();
        app.MapPost(LoadPlan.SinglePath, (Event received) =>
            TypedResults.Accepted((string?)null, new ActivityReceipt(ActivityReceipt.Received, received.EventId ?? Guid.CreateVersion7())));
        app.MapPost(LoadPlan.BatchPath, (Event[] received) => TypedResults.Accepted((string?)null, new BatchReceipt(
            received.Length, 0, 0, [.. received.Select((one, index) => new EventReceipt(index, one.EventId ?? Guid.CreateVersion7(), "accepted"))])));

        await app.StartAsync();
        Console.WriteLine(app.Urls.Single());
        await ParentProcess.LeavesAsync();
        return 0;
    }

    private sealed record Event(string User, string Type, JsonElement? Data, DateTimeOffset? Timestamp, Guid? EventId);

    private sealed record BatchReceipt(int Accepted, int Duplicates, int Rejected, EventReceipt[] Results);

    private sealed record EventReceipt(int Index, Guid EventId, string Status);
}
