using Aspire.Dashboard.Resources;
using Aspire.Dashboard.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aspire.Dashboard.Live;

/// <summary>Tells a page what has changed: the resources themselves, and of telemetry only that there is more.</summary>
internal static class LiveEndpoint
{
    // Each is looked at so often, and only while somebody listens: a flood of telemetry costs a page no more than this.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    public static void MapLive(this IEndpointRouteBuilder api) => api.MapGet("/live", FollowAsync);

    private static async Task FollowAsync(HttpContext context, IResourceSource resources, TelemetryRepository telemetry, TimeProvider time)
    {
        var events = new EventWriter(context.Response, time);
        using var timer = new PeriodicTimer(Interval, time);
        long? resourcesTold = null;
        TelemetryVersions? telemetryTold = null;
        do
        {
            var version = resources.Version;
            if (version != resourcesTold)
            {
                await events.WriteAsync("resources", ResourceEndpoints.View(resources), context.RequestAborted);
                resourcesTold = version;
            }

            var versions = new TelemetryVersions(telemetry.LogsVersion, telemetry.TracesVersion, telemetry.MetricsVersion);
            if (versions != telemetryTold)
            {
                await events.WriteAsync("telemetry", versions, context.RequestAborted);
                telemetryTold = versions;
            }

            await events.KeepAliveAsync(context.RequestAborted);
        }
        while (await timer.WaitForNextTickAsync(context.RequestAborted));
    }

    /// <summary>How far each kind of telemetry is.</summary>
    private sealed record TelemetryVersions(long Logs, long Traces, long Metrics);
}
