// Stands for the Aspire dashboard 13.5.2: resources, console logs, structured logs, traces and metrics, for the developer of an
// application on a machine where that dashboard cannot run.
using System.Diagnostics;
using System.Net;
using Aspire.Dashboard.Access;
using Aspire.Dashboard.Live;
using Aspire.Dashboard.Otlp;
using Aspire.Dashboard.Pages;
using Aspire.Dashboard.Resources;
using Aspire.Dashboard.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Dashboard;

/// <summary>The dashboard: what takes the telemetry, what keeps it, and the pages. On the loopback interface only.</summary>
internal sealed class DashboardServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DashboardOptions _options;

    private DashboardServer(WebApplication app, DashboardOptions options) => (_app, _options) = (app, options);

    /// <summary>Where it listens.</summary>
    public DashboardAddresses Addresses { get; private set; } = default!;

    /// <summary>Signs in whoever follows it.</summary>
    public Uri LoginLink => new(Addresses.Pages, $"{TokenAccess.LoginPath}?{TokenAccess.TokenName}={_options.Token}");

    /// <summary>Starts it.</summary>
    /// <param name="options">Where it listens.</param>
    /// <param name="resources">What it shows of the host.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="IOException">A port is taken.</exception>
    public static async Task<DashboardServer> StartAsync(DashboardOptions options, IResourceSource resources, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [], ApplicationName = typeof(DashboardServer).Assembly.GetName().Name });

        // Neither the host's settings nor its environment are meant for this server.
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(resources);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<EmbeddedPages>();
        builder.Services.AddSingleton<IHostLifetime, HostedInAnother>();
        builder.Services.AddTokenAccess();
        builder.Services.AddTelemetryStores();
        builder.Services.AddOtlp();

        // Another site's name that leads here (DNS rebinding) is none of ours.
        builder.Services.AddHostFiltering(filter => filter.AllowedHosts = ["localhost", "127.0.0.1", "[::1]"]);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            Listen(kestrel, options.Port, HttpProtocols.Http1, DashboardPart.Pages);
            Listen(kestrel, options.OtlpGrpcPort, HttpProtocols.Http2, DashboardPart.OtlpGrpc);
            Listen(kestrel, options.OtlpHttpPort, HttpProtocols.Http1, DashboardPart.OtlpHttp);
        });

        var app = builder.Build();
        var server = new DashboardServer(app, options);
        Map(app);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        server.Addresses = ReadAddresses(app);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static void Map(WebApplication app)
    {
        app.UseHostFiltering();
        app.UseSecurityHeaders();
        app.UseRouting();

        // What is served depends on the port that was asked, whatever the request says of its host.
        app.Use((context, next) =>
        {
            if (context.GetEndpoint()?.Metadata.GetMetadata<PartMetadata>()?.Part == PartOf(context))
            {
                return next(context);
            }

            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        app.UseAuthentication();
        app.UseAuthorization();

        GroupOf(DashboardPart.OtlpGrpc).MapOtlpGrpc();
        GroupOf(DashboardPart.OtlpHttp).MapOtlpHttp();
        var pages = GroupOf(DashboardPart.Pages);
        pages.MapLogin();
        pages.MapPages();
        var api = pages.MapGroup("/api").RequireAuthorization().AddEndpointFilter<RequestedByScript>();
        api.MapLive();
        api.MapResources();
        api.MapTelemetry();

        RouteGroupBuilder GroupOf(DashboardPart part) => app.MapGroup("").WithMetadata(new PartMetadata(part));
    }

    private static DashboardPart? PartOf(HttpContext context) =>
        context.Features.Get<IConnectionItemsFeature>()?.Items.TryGetValue(nameof(DashboardPart), out var part) == true ? (DashboardPart?)part : null;

    private static void Listen(KestrelServerOptions kestrel, int port, HttpProtocols protocols, DashboardPart part)
    {
        // Any free port is a matter of one address: on two, each would have its own.
        if (port == 0)
        {
            kestrel.Listen(IPAddress.Loopback, port, Configure);
        }
        else
        {
            kestrel.ListenLocalhost(port, Configure);
        }

        void Configure(ListenOptions listen)
        {
            listen.Protocols = protocols;
            listen.Use((connection, next) =>
            {
                connection.Items[nameof(DashboardPart)] = part;
                return next();
            });
        }
    }

    // In the order in which they were asked for.
    private static DashboardAddresses ReadAddresses(WebApplication app) =>
        app.Urls.Select(url => new Uri(url)).ToArray() is [var pages, var grpc, var http] ? new(pages, grpc, http) : throw new UnreachableException();

    private sealed record PartMetadata(DashboardPart Part);

    private enum DashboardPart
    {
        Pages,
        OtlpGrpc,
        OtlpHttp,
    }
}
