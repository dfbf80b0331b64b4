using Microsoft.AspNetCore.Components.Server;

namespace PulseBoard.Web;

/// <summary>Headers that confine a page to its own origin: all of PulseBoard's scripts, styles and data come from there.</summary>
internal static class SecurityHeaders
{
    private const string ContentSecurityPolicy =
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>They are set when the response starts, so that no answer leaves without them, also not one that was begun anew.</summary>
    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = ContentSecurityPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            return Task.CompletedTask;
        });

        return next(context);
    });

    /// <summary>Blazor would send a policy of its own, which is laxer about frames than this one.</summary>
    public static void LeaveFramingToPolicy(ServerComponentsEndpointOptions options) =>
        options.ContentSecurityFrameAncestorsPolicy = null;
}
