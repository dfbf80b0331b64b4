using PulseBoard.ServiceDefaults;

namespace PulseBoard.Dashboard.Live;

/// <summary>Registers the live stream.</summary>
internal static class LiveExtensions
{
    public static void AddLive(this IHostApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<LiveOptions>(LiveOptions.SectionName);
        builder.Services.AddSingleton<MetricsFeed>();
        builder.Services.AddHostedService(services => services.GetRequiredService<MetricsFeed>());
        builder.Services.AddHostedService<MetricsWatcher>();
    }
}
