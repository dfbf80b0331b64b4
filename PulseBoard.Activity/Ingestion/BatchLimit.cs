using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace PulseBoard.Activity.Ingestion;

/// <summary>Bounds the memory that batches take while they are read: so many of them at once, and the next one is asked to wait.</summary>
internal static class BatchLimit
{
    public const string Policy = "batches";

    private static readonly Refusal TooManyBatches = new(
        StatusCodes.Status429TooManyRequests,
        Refusal.TooManyBatches,
        "Too many batches are under way at once. This one was not taken: wait, and send it again.");

    public static void AddBatchLimit(this IServiceCollection services)
    {
        services.AddRateLimiter(limiter => limiter.OnRejected = async (rejected, _) =>
        {
            var context = rejected.HttpContext;
            await context.RequestServices.GetRequiredService<Refusals>().Answer(context, TooManyBatches).ExecuteAsync(context);
        });
        services.AddOptions<Microsoft.AspNetCore.RateLimiting.RateLimiterOptions>().Configure<IOptions<IngestionOptions>>((limiter, options) =>
            limiter.AddPolicy(Policy, _ => RateLimitPartition.GetConcurrencyLimiter(
                Policy, _ => new() { PermitLimit = options.Value.BatchConcurrency, QueueLimit = 0 })));
    }
}
