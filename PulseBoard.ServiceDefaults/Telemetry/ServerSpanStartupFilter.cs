using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using PulseBoard.ServiceDefaults.Health;

namespace PulseBoard.ServiceDefaults.Telemetry;

/// <summary>
/// Completes the server span that ASP.NET Core 10 begins with what is known only at the end: route, status, outcome. Outside of
/// everything else, so that it sees the status that the client sees.
/// </summary>
internal sealed class ServerSpanStartupFilter : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next)
    {
        return app =>
        {
            app.Use(CompleteSpanAsync);
            next(app);
        };
    }

    private static async Task CompleteSpanAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is not { } span)
        {
            await next(context);
            return;
        }

        if (HealthEndpoints.IsHealthPath(context.Request.Path))
        {
            // A probe every few seconds would drown what people did. The checks' own spans follow their parent's flag.
            span.Discard();
        }

        await next(context);

        if (span.IsAllDataRequested)
        {
            Complete(span, context);
        }
    }

    private static void Complete(Activity span, HttpContext context)
    {
        // The exception handler takes the endpoint away before it writes its answer.
        var failure = context.Features.Get<IExceptionHandlerFeature>();
        var endpoint = context.GetEndpoint() ?? failure?.Endpoint;
        var route = endpoint?.Metadata.GetMetadata<IRouteDiagnosticsMetadata>()?.Route;
        span.DisplayName = route is null ? context.Request.Method : $"{context.Request.Method} {route}";
        span.SetTag("http.route", route);

        var status = context.Response.StatusCode;
        span.SetTag("http.response.status_code", status);

        // By the semantic conventions a 4xx is the client's error, not the server's.
        if (status < StatusCodes.Status500InternalServerError)
        {
            return;
        }

        if (failure is not null)
        {
            span.Fail(failure.Error);
        }
        else
        {
            span.SetStatus(ActivityStatusCode.Error);
            span.SetTag(TelemetryAttributes.ErrorType, status.ToString(CultureInfo.InvariantCulture));
        }
    }
}
