using Microsoft.AspNetCore.Http.HttpResults;
using PulseBoard.Data;
using PulseBoard.ServiceDefaults;
using PulseBoard.ServiceDefaults.Descriptions;

namespace PulseBoard.Dashboard;

/// <summary>What callers are told while Postgres is away.</summary>
internal static class StorageOutages
{
    private const string RetryAfterSeconds = "1";

    private static ProblemHttpResult Unavailable => Problems.Problem(
        StatusCodes.Status503ServiceUnavailable, "storage_unavailable", "The database cannot be reached. Try again in a moment.");

    /// <summary>Answers 503 <c>storage_unavailable</c> for whatever these endpoints ask of Postgres while it is away.</summary>
    public static TBuilder AnswerStorageOutages<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints
            .AddEndpointFilter(AnswerAsync)
            .WithProblems(Unavailable);

    private static async ValueTask<object?> AnswerAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        try
        {
            return await next(context);
        }
        catch (Exception exception) when (IsOutage(exception, http))
        {
            http.Response.Headers.RetryAfter = RetryAfterSeconds;
            return Unavailable;
        }
    }

    // A body that is too long, too slow or cut off is an IOException as well, but the caller's doing, with a status of its own.
    private static bool IsOutage(Exception exception, HttpContext http) => exception switch
    {
        BadHttpRequestException => false,
        OperationCanceledException => !http.RequestAborted.IsCancellationRequested,
        _ => DatabaseErrors.IsOutage(exception),
    };
}
