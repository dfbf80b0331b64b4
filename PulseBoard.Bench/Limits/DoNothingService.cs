using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using PulseBoard.Bench.Load;
using PulseBoard.Bench.Processes;
using PulseBoard.Contracts;

namespace PulseBoard.Bench.Limits;

/// <summary>
/// The limit of every ingestion API: it reads the same JSON into the same kind of object, answers 202 with a like body, and does
/// nothing else.
/// </summary>
internal sealed class DoNothingService : LimitService
{
    /// <summary>The verb of the process.</summary>
    public const string Verb = "do-nothing";

    private DoNothingService(BenchProcess process, Uri address)
        : base(process, address)
    {
    }

    /// <summary>Starts it on a free port.</summary>
    public static Task<DoNothingService> StartAsync(CancellationToken cancellationToken) =>
        StartAsync(Verb, (process, address) => new DoNothingService(process, address), cancellationToken);

    /// <summary>The process itself.</summary>
    public static Task<int> MainAsync() => ServeAsync(app =>
    {
        app.MapPost(LoadPlan.SinglePath, (Event received) =>
            TypedResults.Accepted((string?)null, new ActivityReceipt(ActivityReceipt.Received, received.EventId ?? Guid.CreateVersion7())));
        app.MapPost(LoadPlan.BatchPath, (Event[] received) => TypedResults.Accepted((string?)null, new ActivityBatchReceipt(
            received.Length, 0, 0, [.. received.Select((one, index) => new ActivityBatchResult(index, one.EventId ?? Guid.CreateVersion7(), ActivityBatchResult.Accepted))])));
    });

    private sealed record Event(string User, string Type, JsonElement? Data, DateTimeOffset? Timestamp, Guid? EventId);
}
