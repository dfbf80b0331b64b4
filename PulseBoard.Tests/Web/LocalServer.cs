using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace PulseBoard.Tests.Web;

/// <summary>A real HTTP server of a few endpoints, on a free port of this machine.</summary>
internal sealed class LocalServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LocalServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public static async Task<LocalServer> StartAsync(Action<WebApplication> map, Action<WebApplicationBuilder>? add = null, string? environment = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        add?.Invoke(builder);

        var app = builder.Build();
        map(app);
        await app.StartAsync();
        return new(app);
    }

    public async ValueTask DisposeAsync()
    {
        // Tests leave streams open on purpose: there is nothing to wait for.
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }
}
