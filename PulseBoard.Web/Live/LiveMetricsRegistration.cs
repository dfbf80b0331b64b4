using Microsoft.Extensions.Options;

namespace PulseBoard.Web.Live;

internal static class LiveMetricsRegistration
{
    public static void AddLiveMetrics(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;

        services.AddOptions<LiveOptions>()
            .BindConfiguration(LiveOptions.SectionName)
            .ValidateDataAnnotations()
            .ValidateOnStart();

        services.AddSingleton<LiveMetrics>();
        services.AddSingleton(provider => new DashboardClient(CreateClient(provider, addresses => addresses.Dashboard)));
        services.AddHostedService<LiveMetricsReader>();
        services.AddHostedService(provider => new ActivityProbe(
            CreateClient(provider, addresses => addresses.Activity),
            provider.GetRequiredService<LiveMetrics>(),
            provider.GetRequiredService<IOptions<LiveOptions>>(),
            provider.GetRequiredService<TimeProvider>()));

        services.AddHealthChecks()
            .AddCheck<DashboardHealthCheck>("dashboard")
            .AddCheck<ActivityHealthCheck>("activity");
    }

    /// <summary>Without a handler from the factory: its retries are not wanted under ours, and a stream outlives its time limits.</summary>
    private static HttpClient CreateClient(IServiceProvider provider, Func<ServiceAddresses, Uri> address) => new(
        new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(2),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            UseProxy = false,
        })
    {
        BaseAddress = address(provider.GetRequiredService<ServiceAddresses>()),
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
