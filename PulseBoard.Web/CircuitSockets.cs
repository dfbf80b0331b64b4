using Microsoft.AspNetCore.Components.Server;

namespace PulseBoard.Web;

/// <summary>How pages are connected to their circuits.</summary>
internal static class CircuitSockets
{
    public static void Configure(ServerComponentsEndpointOptions options)
    {
        SecurityHeaders.LeaveFramingToPolicy(options);

        // Each message compressed on its own: what a compressor remembers of the ones before is some 300 KB for each open page, idle or not.
        options.ConfigureWebSocketAcceptContext = (_, accept) =>
        {
            (accept.DangerousEnableCompression, accept.DisableServerContextTakeover) = (true, true);
            return Task.CompletedTask;
        };
    }
}
