using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using PulseBoard.Contracts;
using PulseBoard.ServiceDefaults;

namespace PulseBoard.Activity.Ingestion;

/// <summary>The ingestion API.</summary>
internal static class ActivityApi
{
    public static void MapActivityApi(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/activity").WithTags("Activity");

        group.MapPost("", PostAsync)
            .WithName("PostActivity")
            .WithSummary("Stores one event.")
            .WithDescription("Answers once the event is committed. Sending an event_id again changes nothing and says so.")
            .Accepts<ActivityRequest>("application/json", "application/*+json")
            .WithMetadata(new RequestSizeLimitAttribute(EventLimits.EventBytes))
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<Results<Accepted<ActivityReceipt>, ProblemHttpResult>> PostAsync(
        HttpContext context,
        EventReader reader,
        EventWriter writer,
        IOptions<IngestionOptions> options,
        ActivityTelemetry telemetry,
        CancellationToken cancellationToken)
    {
        ActivityEvent? activityEvent = null;
        if (!context.Request.HasJsonContentType())
        {
            return Refused(
                StatusCodes.Status415UnsupportedMediaType,
                "unsupported_media_type",
                "Send the event as JSON, with the header 'Content-Type: application/json'.");
        }

        IReadOnlyList<EventFault> faults;
        try
        {
            (activityEvent, faults) = await reader.ReadAsync(context.Request.Body, cancellationToken);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Refused(
                StatusCodes.Status413PayloadTooLarge,
                EventFault.TooLarge,
                $"An event may have {EventLimits.EventBytes} bytes at most.");
        }

        if (activityEvent is null)
        {
            return Invalid(faults);
        }

        return await writer.WriteAsync(activityEvent, cancellationToken) switch
        {
            WriteResult.Stored => Received(duplicate: false),
            WriteResult.Duplicate => Received(duplicate: true),
            WriteResult.NotStorable => Invalid([new(EventFault.NotStorable, "'data' has text or a number that Postgres cannot store, such as the NUL character.", "data")]),
            WriteResult.Full => Unavailable("ingestion_full", "Too many events wait to be stored. This one was not taken: send it again."),
            _ => Unavailable("storage_unavailable", "The database cannot be reached. Send the event again, with the same event_id so that it cannot count twice."),
        };

        Accepted<ActivityReceipt> Received(bool duplicate)
        {
            telemetry.Answered(activityEvent.EventId, duplicate);
            return TypedResults.Accepted((string?)null, new ActivityReceipt(ActivityReceipt.Received, activityEvent.EventId, duplicate));
        }

        ProblemHttpResult Refused(int status, string code, string detail, string? field = null)
        {
            telemetry.Refused(code, activityEvent?.EventId);
            return Problems.Problem(status, code, detail, field);
        }

        ProblemHttpResult Unavailable(string code, string detail)
        {
            context.Response.Headers.RetryAfter = ((int)options.Value.RetryAfter.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
            return Refused(StatusCodes.Status503ServiceUnavailable, code, detail);
        }

        // One fault speaks for itself; several are listed beside the first.
        ProblemHttpResult Invalid(IReadOnlyList<EventFault> faults)
        {
            var problem = Refused(StatusCodes.Status400BadRequest, faults[0].Code, faults[0].Detail, faults[0].Field);
            problem.ProblemDetails.Extensions["errors"] = faults;
            return problem;
        }
    }
}
