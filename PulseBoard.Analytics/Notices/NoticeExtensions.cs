using PulseBoard.ServiceDefaults;

namespace PulseBoard.Analytics.Notices;

/// <summary>Registers the notices.</summary>
internal static class NoticeExtensions
{
    public static void AddNotices(this IHostApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<NoticeOptions>(NoticeOptions.SectionName);
        builder.AddRedisClient("redis");
        builder.Services.DegradeWithout("StackExchange.Redis");
        builder.Services.AddSingleton<AnalyticsTelemetry>();
        builder.Services.AddSingleton<MetricsNotifier>();
        builder.Services.AddHostedService(services => services.GetRequiredService<MetricsNotifier>());
    }
}
