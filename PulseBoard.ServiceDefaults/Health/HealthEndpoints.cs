using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace PulseBoard.ServiceDefaults.Health;

/// <summary>
/// <c>/alive</c>, for who restarts a process that hangs: no dependency is asked. <c>/health</c>, for who sends it work: all checks.
/// </summary>
internal static class HealthEndpoints
{
    public const string AlivePath = "/alive";
    public const string HealthPath = "/health";

    private const string LivenessTag = "live";

    public static void AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [LivenessTag]);
        services.AddSingleton<IPostConfigureOptions<HealthCheckServiceOptions>, BoundHealthChecks>();
    }

    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks(AlivePath, new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains(LivenessTag),
            ResponseWriter = HealthReportBody.WriteAsync,
        }).DisableHttpMetrics().AllowAnonymous();

        endpoints.MapHealthChecks(HealthPath, new HealthCheckOptions
        {
            ResponseWriter = HealthReportBody.WriteAsync,
        }).DisableHttpMetrics().AllowAnonymous();
    }

    public static bool IsHealthPath(PathString path) => path == AlivePath || path == HealthPath;
}
