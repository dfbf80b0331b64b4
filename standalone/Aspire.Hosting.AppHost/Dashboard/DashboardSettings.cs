using System.Globalization;
using Aspire.Dashboard;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Standalone;

/// <summary>Reads from the host's configuration, under the names that Aspire has for it, how the dashboard is to be.</summary>
internal static class DashboardSettings
{
    private const string PagesUrls = "ASPNETCORE_URLS";
    private const string OtlpGrpcUrl = "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL";
    private const string OtlpHttpUrl = "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL";
    private const string BrowserToken = "AppHost:BrowserToken";
    private const string OtlpApiKey = "AppHost:OtlpApiKey";

    /// <exception cref="DistributedApplicationException">An address is none.</exception>
    public static DashboardOptions Read(IConfiguration configuration)
    {
        var options = configuration.GetValue(PortAllocator.RandomizeKey, defaultValue: false)
            ? new DashboardOptions { Port = 0, OtlpGrpcPort = 0, OtlpHttpPort = 0 }
            : new DashboardOptions
            {
                Port = Port(configuration, PagesUrls, DashboardOptions.DefaultPort),
                OtlpGrpcPort = Port(configuration, OtlpGrpcUrl, DashboardOptions.DefaultOtlpGrpcPort),
                OtlpHttpPort = Port(configuration, OtlpHttpUrl, DashboardOptions.DefaultOtlpHttpPort),
            };
        return options with
        {
            Token = configuration[BrowserToken] is { Length: > 0 } token ? token : options.Token,
            OtlpApiKey = configuration[OtlpApiKey] is { Length: > 0 } key ? key : options.OtlpApiKey,
        };
    }

    private static int Port(IConfiguration configuration, string key, int otherwise)
    {
        if (configuration[key] is not { Length: > 0 } urls)
        {
            return otherwise;
        }

        return Uri.TryCreate(urls.Split(';')[0], UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttp && url.IsLoopback
            ? url.Port
            : throw new DistributedApplicationException(string.Create(
                CultureInfo.InvariantCulture,
                $"{key} is '{urls}', where the dashboard cannot listen: it needs an address such as http://localhost:{otherwise}."));
    }
}
