using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using PulseBoard.ServiceDefaults.Health;

namespace PulseBoard.ServiceDefaults;

/// <summary>
/// The verb <c>--probe</c>: asks the service that runs in this container whether it is alive. The runtime images have no HTTP
/// client that a container's health check could use instead.
/// </summary>
public static class ServiceProbe
{
    private const string Verb = "--probe";
    private const string DefaultUrl = "http://localhost:5000";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);
    private static readonly string[] AnyAddress = ["+", "*", "0.0.0.0", "[::]"];

    /// <summary>Whether the command line asks for a probe instead of the service.</summary>
    /// <param name="args">The command line.</param>
    public static bool IsRequested(string[] args) => args is [Verb];

    /// <summary>Asks <c>/alive</c> at the address that this process's environment gives the service.</summary>
    /// <returns>The exit code: 0 when it answered with success within 3 s, else 1.</returns>
    public static Task<int> RunAsync()
    {
        var environment = new ConfigurationBuilder().AddEnvironmentVariables("ASPNETCORE_").AddEnvironmentVariables().Build();

        return RunAsync(environment, CancellationToken.None);
    }

    /// <summary>Asks <c>/alive</c> at the address that <paramref name="configuration"/> gives the service.</summary>
    /// <param name="configuration">Has <c>URLS</c>, or else <c>HTTP_PORTS</c>: lists parted by semicolons, of which the first is asked.</param>
    /// <param name="cancellationToken">Ends the probe.</param>
    /// <returns>The exit code: 0 when it answered with success within 3 s, else 1.</returns>
    public static async Task<int> RunAsync(IConfiguration configuration, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = Timeout };

        try
        {
            using var response = await client.GetAsync(AliveUrl(configuration), cancellationToken);

            return response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return 1;
        }
    }

    private static Uri AliveUrl(IConfiguration configuration)
    {
        var url = First(configuration["URLS"])
            ?? (First(configuration["HTTP_PORTS"]) is { } port ? $"http://localhost:{port}" : DefaultUrl);
        var address = BindingAddress.Parse(url);
        var host = AnyAddress.Contains(address.Host) ? "localhost" : address.Host;

        return new UriBuilder(address.Scheme, host, address.Port, HealthEndpoints.AlivePath).Uri;
    }

    private static string? First(string? list)
    {
        return list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault();
    }
}
