namespace PulseBoard.Web.Forwarding;

/// <summary>Makes the two APIs reachable under the page's own origin.</summary>
internal static class ForwardingApi
{
    public static void AddForwarding(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<WebTelemetry>();
        builder.Services.AddSingleton<Forwarder>();
    }

    public static void MapForwarding(this IEndpointRouteBuilder endpoints)
    {
        var addresses = endpoints.ServiceProvider.GetRequiredService<ServiceAddresses>();

        MapTo(new("Activity", addresses.Activity), "/api/activity");
        MapTo(new("Dashboard", addresses.Dashboard), "/api");

        void MapTo(Upstream upstream, string prefix) => endpoints.Map(
            $"{prefix}/{{**rest}}",
            (HttpContext context, Forwarder forwarder) => forwarder.ForwardAsync(context, upstream));
    }
}
