using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using PulseBoard.Contracts;
using PulseBoard.ServiceDefaults.Descriptions;

namespace PulseBoard.Activity.Ingestion;

/// <summary>The ingestion API for many events at once: each has an answer of its own, whatever its neighbours are.</summary>
internal static class ActivityBatchApi
{
    private static readonly string[] NdJsonTypes = ["application/x-ndjson", "application/ndjson", "application/jsonl"];

    public static void MapActivityBatchApi(this IEndpointRouteBuilder group, IngestionOptions options)
    {
        group.MapPost("batch", PostAsync)
            .WithName("PostActivityBatch")
            .WithSummary("Stores many events.")
            .WithDescription(string.Create(CultureInfo.InvariantCulture, $"""
                Takes a JSON array, an object with the array in 'events', or one event a line (application/x-ndjson), plain or packed with
                gzip, br, deflate or zstd: up to {options.BatchEvents} events and {options.BatchBytes} bytes unpacked. Answers once the events are
                committed, and each for itself: 202 where all are stored, 207 where some are not, 400 where none can be. Sending the whole
                batch again is safe where its events have an event_id.
                """))
            .Accepts<ActivityRequest[]>("application/json", ["application/*+json", .. NdJsonTypes])
            .WithMetadata(new RequestSizeLimitAttribute(options.BatchBytes))
            .RequireRateLimiting(BatchLimit.Policy)
            .Produces<ActivityBatchReceipt>(StatusCodes.Status202Accepted)
            .Produces<ActivityBatchReceipt>(StatusCodes.Status207MultiStatus)
            .WithProblems(ActivityDescriptions.OfBatches)
            .WithRequestExample(ActivityDescriptions.Batch)
            .WithExample(ActivityDescriptions.BatchStored, StatusCodes.Status202Accepted)
            .WithExample(ActivityDescriptions.BatchStoredInPart, StatusCodes.Status207MultiStatus);
    }

    private static async Task<Results<JsonHttpResult<ActivityBatchReceipt>, ProblemHttpResult>> PostAsync(
        HttpContext context,
        BatchReader reader,
        EventWriter writer,
        Refusals refusals,
        IOptions<IngestionOptions> options,
        ActivityTelemetry telemetry,
        CancellationToken cancellationToken)
    {
        if (Refusals.OfEncoding(context.Request) is { } encoding)
        {
            return refusals.Answer(context, encoding);
        }

        if (FormatOf(context.Request) is not { } format)
        {
            return refusals.Answer(context, new(
                StatusCodes.Status415UnsupportedMediaType,
                Refusal.UnsupportedMediaType,
                "Send the events as JSON, with the header 'Content-Type: application/json', or one a line as 'application/x-ndjson'."));
        }

        IReadOnlyList<ReadEvent> batch;
        try
        {
            using var body = await RequestBody.ReadAsync(context.Request, options.Value.BatchBytes, cancellationToken);
            if (reader.Read(body.Bytes, format, out batch) is { } refusal)
            {
                return refusals.Answer(context, refusal);
            }
        }
        catch (Exception exception) when (Refusal.OfBody(exception, TooLarge(options.Value)) is { } refusal)
        {
            return refusals.Answer(context, refusal);
        }

        ActivityEvent[] events = [.. batch.Select(read => read.Event).OfType<ActivityEvent>()];
        var results = events.Length == 0 ? [] : await writer.WriteAsync(events, cancellationToken);
        var receipt = Receipt(batch, results);
        telemetry.Answered(receipt);
        return receipt switch
        {
            { Rejected: 0 } => TypedResults.Json(receipt, statusCode: StatusCodes.Status202Accepted),
            { Accepted: 0, Duplicates: 0 } => refusals.Problem(context, NoneTaken(receipt, results)),
            _ => TypedResults.Json(receipt, statusCode: StatusCodes.Status207MultiStatus),
        };
    }

    private static BatchFormat? FormatOf(HttpRequest request)
    {
        if (request.HasJsonContentType())
        {
            return BatchFormat.Json;
        }

        return MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && NdJsonTypes.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase)
            ? BatchFormat.NdJson
            : null;
    }

    /// <param name="batch">What was read.</param>
    /// <param name="written">The results of those that were events, in their order.</param>
    private static ActivityBatchReceipt Receipt(IReadOnlyList<ReadEvent> batch, IReadOnlyList<WriteResult> written)
    {
        var results = new ActivityBatchResult[batch.Count];
        var (accepted, duplicates, next) = (0, 0, 0);
        for (var i = 0; i < results.Length; i++)
        {
            var read = batch[i];
            if (read.Event is not { } activityEvent)
            {
                results[i] = Rejected(i, read.EventId, read.Faults[0]);
                continue;
            }

            var result = written[next++];
            switch (result)
            {
                case WriteResult.Stored:
                    accepted++;
                    results[i] = new(i, activityEvent.EventId, ActivityBatchResult.Accepted);
                    break;
                case WriteResult.Duplicate:
                    duplicates++;
                    results[i] = new(i, activityEvent.EventId, ActivityBatchResult.Duplicate);
                    break;
                default:
                    results[i] = Rejected(i, activityEvent.EventId, EventFault.Of(result));
                    break;
            }
        }

        return new(accepted, duplicates, results.Length - accepted - duplicates, results);
    }

    private static ActivityBatchResult Rejected(int index, Guid? eventId, EventFault fault) =>
        new(index, eventId, ActivityBatchResult.Rejected, fault.Code, fault.Detail, fault.Field);

    // Where some may be taken next time, it is worth sending the batch again; the others are told each time.
    private static Refusal NoneTaken(ActivityBatchReceipt receipt, IReadOnlyList<WriteResult> written)
    {
        WriteResult[] passing = [.. written.Where(result => result is WriteResult.Full or WriteResult.Unavailable).Take(1)];
        return passing is [var reason]
            ? Refusal.Of(reason) with { Receipt = receipt }
            : new(StatusCodes.Status400BadRequest, Refusal.NoneTaken, "None of the events can be taken: 'results' has the reason for each.") { Receipt = receipt };
    }

    private static Refusal TooLarge(IngestionOptions options) => new(
        StatusCodes.Status413PayloadTooLarge,
        Refusal.BatchTooLarge,
        string.Create(CultureInfo.InvariantCulture, $"A batch may have {options.BatchBytes} bytes at most, unpacked. None of it was taken: send it in parts."));
}
