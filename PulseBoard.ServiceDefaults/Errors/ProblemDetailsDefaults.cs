using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace PulseBoard.ServiceDefaults.Errors;

internal static class ProblemDetailsDefaults
{
    public static void AddProblems(this IServiceCollection services)
    {
        services.AddProblemDetails(options => options.CustomizeProblemDetails = Complete);

        // The same answer to a malformed request in every environment: Development would throw instead.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);

        services.Configure<ExceptionHandlerOptions>(options =>
        {
            options.StatusCodeSelector = StatusOf;
            // What a client did wrong is no error of the service: not logged and counted as one.
            options.SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException;
        });
    }

    private static int StatusOf(Exception exception)
    {
        // Thrown while a body is read: over the limit (413), too slow (408), cut off (400).
        return exception is BadHttpRequestException badRequest ? badRequest.StatusCode : StatusCodes.Status500InternalServerError;
    }

    private static void Complete(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        var http = context.HttpContext;

        problem.Extensions.TryAdd(Problems.CodeMember, Problems.DefaultCode(problem.Status ?? http.Response.StatusCode));
        problem.Extensions[Problems.TraceIdMember] = Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier;

        if (problem.Status == StatusCodes.Status415UnsupportedMediaType)
        {
            // Routing refuses these before any endpoint could say what to do.
            problem.Detail ??= "This endpoint does not take that content type. Send JSON, with the header 'Content-Type: application/json'.";
        }

        var isDevelopment = http.RequestServices.GetRequiredService<IHostEnvironment>().IsDevelopment();
        if (isDevelopment && http.Features.Get<IExceptionHandlerFeature>()?.Error is { } exception)
        {
            problem.Detail ??= exception.ToString();
        }
    }
}
