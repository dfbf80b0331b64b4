using Microsoft.Extensions.Options;
using PulseBoard.ServiceDefaults;
using PulseBoard.Web.Access;
using PulseBoard.Web.Reading;

namespace PulseBoard.Web.Live;

/// <summary>Registers what follows the two APIs.</summary>
internal static class LiveExtensions
{
    public static void AddLive(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;

        services.AddValidatedOptions<LiveOptions>(LiveOptions.SectionName);
        services.AddSingleton<LiveMetrics>();
        services.AddSingleton(provider =>
        {
            var client = CreateClient(provider.GetRequiredService<ServiceAddresses>().Dashboard, CreateHandler());
            client.DefaultRequestHeaders.Authorization = provider.GetRequiredService<IOptions<AccessOptions>>().Value.ReadKey is { Length: > 0 } key
                ? new("Bearer", key)
                : null;
            return new DashboardClient(client);
        });
        services.AddSingleton<LiveAnswers>();
        services.AddHostedService<StreamFollower>();
        services.AddHostedService(provider =>
        {
            var handler = CreateHandler();
            // A probe every few seconds is no part of any trace.
            handler.ActivityHeadersPropagator = null;
            var client = CreateClient(provider.GetRequiredService<ServiceAddresses>().Activity, handler);
            return ActivatorUtilities.CreateInstance<ActivityProbe>(provider, client);
        });

        services.AddHealthChecks()
            .AddCheck<DashboardHealthCheck>("dashboard")
            .AddCheck<ActivityHealthCheck>("activity");
    }

    private static SocketsHttpHandler CreateHandler() => new()
    {
        ConnectTimeout = TimeSpan.FromSeconds(2),
        // Bounded, so that an API that moved to another address is found again.
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        UseProxy = false,
    };

    /// <summary>Without a time limit: a stream has none, and each other call brings its own.</summary>
    private static HttpClient CreateClient(Uri address, SocketsHttpHandler handler) =>
        new(handler) { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
}
