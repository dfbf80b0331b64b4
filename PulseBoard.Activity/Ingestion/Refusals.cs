using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using PulseBoard.ServiceDefaults;

namespace PulseBoard.Activity.Ingestion;

/// <summary>Answers what is refused, and accounts for it.</summary>
internal sealed class Refusals(IOptions<IngestionOptions> options, ActivityTelemetry telemetry)
{
    private readonly string _retryAfter = ((int)options.Value.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    /// <summary>Answers a request whose events were not taken.</summary>
    /// <param name="context">The request.</param>
    /// <param name="refusal">Why.</param>
    /// <param name="eventId">The event's id, where it is one and has one.</param>
    public ProblemHttpResult Answer(HttpContext context, Refusal refusal, Guid? eventId = null)
    {
        telemetry.Refused(refusal.Code, eventId);
        var problem = Problem(context, refusal);
        if (refusal.MayPass && eventId is { } id)
        {
            // It may be stored all the same. Who sends it again under the id that it was given here does not store it twice.
            problem.ProblemDetails.Extensions["event_id"] = id;
        }

        return problem;
    }

    /// <summary>The same for a request that brought no events, or whose events are accounted for one by one.</summary>
    public ProblemHttpResult Problem(HttpContext context, Refusal refusal)
    {
        if (refusal.MayPass)
        {
            context.Response.Headers.RetryAfter = _retryAfter;
        }

        var problem = Problems.Problem(refusal.Status, refusal.Code, refusal.Detail, refusal.Field);
        var members = problem.ProblemDetails.Extensions;
        if (refusal.Faults is { } faults)
        {
            members["errors"] = faults;
        }

        if (refusal.Receipt is { } receipt)
        {
            (members["accepted"], members["duplicates"], members["rejected"]) = (receipt.Accepted, receipt.Duplicates, receipt.Rejected);
            members["results"] = receipt.Results;
        }

        return problem;
    }

    /// <summary>Refuses a body that is packed in a way this service does not know; those it does are unpacked before they come here.</summary>
    public static Refusal? OfEncoding(HttpRequest request)
    {
        var encoding = request.Headers.ContentEncoding;
        return encoding.Count == 0 || (encoding.Count == 1 && string.Equals(encoding, "identity", StringComparison.OrdinalIgnoreCase))
            ? null
            : new(
                StatusCodes.Status415UnsupportedMediaType,
                Refusal.UnsupportedEncoding,
                "Content-Encoding may be one of gzip, br, deflate and zstd, or absent.");
    }
}
