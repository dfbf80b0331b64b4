using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Primitives;

namespace PulseBoard.ServiceDefaults.Access;

/// <summary>Where everything is open: in Development, to this machine alone.</summary>
public static class LocalDevelopment
{
    private const string ForwardedFor = "X-Forwarded-For";

    /// <summary>Where ASP.NET's forwarded headers leave the address of the connection that they replace.</summary>
    private const string OriginalFor = "X-Original-For";

    /// <summary>
    /// Whether a request was made on this machine, to a service in Development. One that a proxy on this machine (Web is one)
    /// forwards for somebody elsewhere was not.
    /// </summary>
    public static bool Includes(HttpContext context) =>
        context.RequestServices.GetRequiredService<IHostEnvironment>().IsDevelopment()
        && context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && AreLoopback(context.Request.Headers[ForwardedFor])
        && AreLoopback(context.Request.Headers[OriginalFor])
        && !context.Request.Headers.ContainsKey("Forwarded");

    private static bool AreLoopback(StringValues addresses) =>
        addresses.SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries))
            .All(address => IPEndPoint.TryParse(address, out var endpoint) && IPAddress.IsLoopback(endpoint.Address));
}
