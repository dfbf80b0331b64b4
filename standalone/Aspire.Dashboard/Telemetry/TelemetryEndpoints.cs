using Aspire.Dashboard.Telemetry.Logs;
using Aspire.Dashboard.Telemetry.Metrics;
using Aspire.Dashboard.Telemetry.Traces;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Aspire.Dashboard.Telemetry;

/// <summary>What the pages ask of telemetry.</summary>
internal static class TelemetryEndpoints
{
    private const int LogsPerPage = 200;
    private const int TracesPerPage = 100;
    private const int Minutes = 5;

    public static void AddTelemetryStores(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new TelemetryLimits());
        services.TryAddSingleton<TelemetryRepository>();
    }

    public static void MapTelemetry(this IEndpointRouteBuilder api)
    {
        var telemetry = api.MapGroup("").AddEndpointFilter(AnswerBadQueriesAsync);
        telemetry.MapGet("/logs", GetLogs);
        telemetry.MapGet("/logs/{id}", GetLog);
        telemetry.MapGet("/traces", GetTraces);
        telemetry.MapGet("/traces/{id}", GetTrace);
        telemetry.MapGet("/metrics", GetMetrics);
        telemetry.MapGet("/metrics/{resource}/{meter}/{instrument}", GetInstrument);
        telemetry.MapGet("/status", GetStatus);
        telemetry.MapPost("/clear", Clear);
    }

    private static Ok<LogPage> GetLogs(HttpRequest request, TelemetryRepository telemetry)
    {
        var values = new QueryValues(request);
        var query = new LogQuery
        {
            Resource = values.Text("resource"),
            Level = values.Level(),
            Text = values.Text("text"),
            TraceId = values.TraceId(),
            SpanId = values.SpanId(),
            Before = values.LogCursor(),
            Limit = values.Limit(LogsPerPage),
        };
        var (entries, version) = telemetry.Logs.Snapshot();
        var page = query.Page(entries, out var total);
        return TypedResults.Ok(new LogPage(version, total, page.Select(entry => new LogRow(entry))));
    }

    private static Ok<LogDetail> GetLog(string id, TelemetryRepository telemetry) =>
        long.TryParse(id, out var number) && telemetry.Logs.Find(number) is { } entry
            ? TypedResults.Ok(new LogDetail(entry))
            : throw new BadQueryException("unknown_log", "There is no such log record, or no longer.", StatusCodes.Status404NotFound);

    private static Ok<TracePage> GetTraces(HttpRequest request, TelemetryRepository telemetry)
    {
        var values = new QueryValues(request);
        var query = new TraceQuery
        {
            Resource = values.Text("resource"),
            Text = values.Text("text"),
            Errors = values.Flag("errors"),
            MinDuration = values.MinDuration(),
            Type = values.SpanType(),
            Before = values.TraceCursor(),
            Limit = values.Limit(TracesPerPage),
        };
        var (traces, version) = telemetry.Traces.Snapshot();
        return TypedResults.Ok(query.Page(traces, version));
    }

    private static Ok<TraceDetail> GetTrace(string id, TelemetryRepository telemetry)
    {
        if (!TelemetryIds.TryParseTrace(id, out var traceId) || telemetry.Traces.Find(traceId) is not { } trace)
        {
            throw new BadQueryException("unknown_trace", "There is no such trace, or no longer.", StatusCodes.Status404NotFound);
        }

        var ofTrace = new LogQuery { TraceId = traceId };
        var logs = ofTrace.Page(telemetry.Logs.Snapshot().Entries, out _).CountBy(entry => entry.SpanId).ToDictionary();
        return TypedResults.Ok(TraceDetail.Of(trace, telemetry.Traces.Snapshot().Traces, logs));
    }

    private static Ok<MetricOverview> GetMetrics(TelemetryRepository telemetry) => TypedResults.Ok(telemetry.Metrics.Overview());

    private static Ok<MetricAnswer> GetInstrument(
        string resource, string meter, string instrument, HttpRequest request, TelemetryRepository telemetry, TimeProvider time)
    {
        var values = new QueryValues(request);
        var query = new MetricQuery { Minutes = values.Minutes(Minutes), Attributes = values.Attributes() };
        if (!telemetry.Metrics.Knows(Segment(resource)))
        {
            throw new BadQueryException("unknown_resource", "There are no metrics of such a resource.", StatusCodes.Status404NotFound);
        }

        return telemetry.Metrics.Find(Segment(resource), Segment(meter), Segment(instrument)) is { } found
            ? TypedResults.Ok(query.Answer(found, Moments.Now(time)))
            : throw new BadQueryException("unknown_instrument", "The resource has no such instrument.", StatusCodes.Status404NotFound);
    }

    private static Ok<StatusAnswer> GetStatus(TelemetryRepository telemetry) => TypedResults.Ok(StatusAnswer.Of(telemetry));

    private static Ok<object> Clear(HttpRequest request, TelemetryRepository telemetry)
    {
        Action clear = new QueryValues(request).Text("what") switch
        {
            "logs" => telemetry.Logs.Clear,
            "traces" => telemetry.Traces.Clear,
            "metrics" => telemetry.Metrics.Clear,
            _ => throw new BadQueryException("invalid_what", "What to clear is one of logs, traces, metrics."),
        };
        clear();
        return TypedResults.Ok(new object());
    }

    private static async ValueTask<object?> AnswerBadQueriesAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (BadQueryException bad)
        {
            return Problems.Of(bad.Status, bad.Code, bad.Message);
        }
    }

    // The server decodes a path but for its slashes, which names may have.
    private static string Segment(string encoded) => encoded.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}
