using PulseBoard.Web.Access;

namespace PulseBoard.Web.Forwarding;

/// <summary>Makes the two APIs reachable under the page's own origin.</summary>
internal static class ForwardingApi
{
    public static void AddForwarding(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<WebTelemetry>();
        builder.Services.AddSingleton<Forwarder>();
        builder.Services.AddSingleton<ReadAccess>();
    }

    /// <summary>Open to requests without a session: the APIs have keys of their own, and refuse in their own words.</summary>
    public static void MapForwarding(this IEndpointRouteBuilder endpoints)
    {
        var addresses = endpoints.ServiceProvider.GetRequiredService<ServiceAddresses>();
        var activity = new Upstream("Activity", addresses.Activity);
        var dashboard = new Upstream("Dashboard", addresses.Dashboard);

        endpoints.Map(
            "/api/activity/{**rest}",
            (HttpContext context, Forwarder forwarder) => forwarder.ForwardAsync(context, activity)).AllowAnonymous();

        endpoints.Map(
            "/api/{**rest}",
            (HttpContext context, Forwarder forwarder, ReadAccess access) =>
                access.Refuse(context)?.ExecuteAsync(context) ?? forwarder.ForwardAsync(context, dashboard)).AllowAnonymous();
    }
}
