using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using PulseBoard.Dashboard.Metrics;
using PulseBoard.ServiceDefaults;
using PulseBoard.ServiceDefaults.Descriptions;

namespace PulseBoard.Dashboard.Live;

/// <summary>The live stream of the read API.</summary>
internal static class LiveApi
{
    private const string LastEventIdHeader = "Last-Event-ID";
    private const string LastEventIdParameter = "last_event_id";
    private const string VersionDescription = "The 'id' of the last message that the client had. What is no version counts as absent.";

    private static ProblemHttpResult TooManyListeners => Problems.Problem(
        StatusCodes.Status503ServiceUnavailable, "too_many_listeners", "Too many streams are open. Try again in a moment.");

    public static void MapLiveApi(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/metrics/stream", GetStream)
            .WithTags(MetricsApi.Tag)
            .WithName("GetMetricsStream")
            .WithSummary("Says when metrics change and what, as server-sent events.")
            .WithDescription(
                "'metrics' comes at once, with all that changed since the version in 'Last-Event-ID' (or 'last_event_id', for clients that "
                + "cannot set headers), and then with each change, at most five times a second; who reads slowly is told of several changes "
                + "as one. 'kinds' says what changed, 'from' and 'to' the time that it touches, null where that may be all time. 'heartbeat' "
                + "comes where nothing changes.")
            .WithProblems(TooManyListeners)
            .WithMessages();
    }

    private static Results<MetricsStream, ProblemHttpResult> GetStream(
        MetricsFeed feed,
        IOptions<LiveOptions> options,
        HttpContext context,
        [FromHeader(Name = LastEventIdHeader), Description(VersionDescription)] string? lastEventId = null,
        [FromQuery(Name = LastEventIdParameter), Description(VersionDescription)] string? lastEventIdParameter = null)
    {
        if (feed.TryListen(context, ParseVersion(lastEventId) ?? ParseVersion(lastEventIdParameter)) is not { } listener)
        {
            context.Response.Headers.RetryAfter = ((int)options.Value.Retry.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return TooManyListeners;
        }

        context.Response.RegisterForDispose(listener);
        return new MetricsStream(feed, listener);
    }

    /// <returns>Null for what is no version, as though the client had named none.</returns>
    private static long? ParseVersion(string? id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0 ? version : null;
}
