using Aspire.Dashboard;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Standalone;

/// <summary>Has the dashboard run as long as the application, from before its first process to after its last.</summary>
internal sealed class DashboardService(IConfiguration configuration, HostResourceSource resources) : IHostedService, IAsyncDisposable
{
    private DashboardOptions? _options;

    /// <summary>The dashboard; null while it does not run.</summary>
    public DashboardServer? Server { get; private set; }

    /// <summary>What a project is told so that its telemetry comes here.</summary>
    public IEnumerable<KeyValuePair<string, string>> Variables()
    {
        if (Server is null)
        {
            yield break;
        }

        yield return new("OTEL_EXPORTER_OTLP_ENDPOINT", Server.Addresses.OtlpGrpc.GetLeftPart(UriPartial.Authority));
        yield return new("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");
        if (_options?.OtlpApiKey is { } key)
        {
            yield return new("OTEL_EXPORTER_OTLP_HEADERS", $"x-otlp-api-key={key}");
        }

        // Somebody is looking, so it comes soon; batches of the usual size still go as they are full.
        yield return new("OTEL_BLRP_SCHEDULE_DELAY", "1000");
        yield return new("OTEL_BSP_SCHEDULE_DELAY", "1000");
        yield return new("OTEL_METRIC_EXPORT_INTERVAL", "1000");
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _options = DashboardSettings.Read(configuration);
        try
        {
            Server = await DashboardServer.StartAsync(_options, resources, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            throw new DistributedApplicationException(
                $"The dashboard cannot start: {exception.Message} It listens on the ports of ASPNETCORE_URLS, ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL and "
                + "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL (18888, 18889 and 18890 where these say nothing).",
                exception);
        }
    }

    // The host stops what was started last first, so that the last words of a service still come in.
    public async Task StopAsync(CancellationToken cancellationToken) => await DisposeAsync().ConfigureAwait(false);

    public async ValueTask DisposeAsync()
    {
        if (Server is { } server)
        {
            Server = null;
            await server.DisposeAsync().ConfigureAwait(false);
        }
    }
}
