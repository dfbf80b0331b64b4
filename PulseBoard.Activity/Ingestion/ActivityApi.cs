using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using PulseBoard.Contracts;
using PulseBoard.Data;
using PulseBoard.ServiceDefaults.Descriptions;

namespace PulseBoard.Activity.Ingestion;

/// <summary>The ingestion API for one event; <see cref="ActivityBatchApi"/> takes many.</summary>
internal static class ActivityApi
{
    public const string Tag = "Activity";

    public static void MapActivityApi(this IEndpointRouteBuilder endpoints)
    {
        var options = endpoints.ServiceProvider.GetRequiredService<IOptions<IngestionOptions>>().Value;
        var group = endpoints.MapGroup("/api/activity").WithTags(Tag);

        group.MapPost("", PostAsync)
            .WithName("PostActivity")
            .WithSummary("Stores one event.")
            .WithDescription("Answers once the event is committed. Sending an event_id again changes nothing and says so.")
            .Accepts<ActivityRequest>("application/json", "application/*+json")
            .WithMetadata(new RequestSizeLimitAttribute(options.EventBytes))
            .WithProblems(ActivityDescriptions.OfEvents)
            .WithRequestExample(ActivityDescriptions.Event)
            .WithExample(ActivityDescriptions.Receipt, StatusCodes.Status202Accepted);

        group.MapGet("{event_id:guid}", GetAsync)
            .WithName("GetActivity")
            .WithSummary("A stored event, and whether it is counted yet.")
            .WithProblems(ActivityDescriptions.OfLookups)
            .WithExample(ActivityDescriptions.Stored);

        group.MapActivityBatchApi(options);
    }

    private static async Task<Results<Accepted<ActivityReceipt>, ProblemHttpResult>> PostAsync(
        HttpContext context,
        EventReader reader,
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

        if (!context.Request.HasJsonContentType())
        {
            return refusals.Answer(context, new(
                StatusCodes.Status415UnsupportedMediaType,
                Refusal.UnsupportedMediaType,
                "Send the event as JSON, with the header 'Content-Type: application/json'."));
        }

        ReadEvent read;
        try
        {
            using var body = await RequestBody.ReadAsync(context.Request, options.Value.EventBytes, cancellationToken);
            read = reader.Read(body.Bytes);
        }
        catch (Exception exception) when (Refusal.OfBody(exception, TooLarge(reader)) is { } refusal)
        {
            return refusals.Answer(context, refusal);
        }

        if (read.Event is not { } activityEvent)
        {
            return refusals.Answer(context, Refusal.Of(read.Faults), read.EventId);
        }

        var result = (await writer.WriteAsync([activityEvent], cancellationToken))[0];
        if (result is not (WriteResult.Stored or WriteResult.Duplicate))
        {
            return refusals.Answer(context, Refusal.Of(result), activityEvent.EventId);
        }

        var duplicate = result == WriteResult.Duplicate;
        telemetry.Answered(activityEvent.EventId, duplicate);
        return TypedResults.Accepted((string?)null, new ActivityReceipt(ActivityReceipt.Received, activityEvent.EventId, duplicate));
    }

    private static async Task<Results<Ok<StoredActivity>, ProblemHttpResult>> GetAsync(
        [FromRoute(Name = "event_id"), Description("The event's id.")] Guid eventId, EventLookup events, Refusals refusals, HttpContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await events.FindAsync(eventId, cancellationToken) is { } found
                ? TypedResults.Ok(found)
                : refusals.Problem(context, new(
                    StatusCodes.Status404NotFound, Refusal.NotFound, "There is no event of this id: none was acknowledged.", "event_id"));
        }
        catch (Exception exception) when (DatabaseErrors.IsOutage(exception))
        {
            return refusals.Problem(context, new(
                StatusCodes.Status503ServiceUnavailable, EventFault.Unavailable, "The database cannot be reached. Try again in a moment."));
        }
    }

    private static Refusal TooLarge(EventReader reader) =>
        new(StatusCodes.Status413PayloadTooLarge, reader.TooLarge.Code, reader.TooLarge.Detail);
}
