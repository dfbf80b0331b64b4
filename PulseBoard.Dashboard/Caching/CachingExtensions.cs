using PulseBoard.Dashboard.Answers;
using PulseBoard.ServiceDefaults;

namespace PulseBoard.Dashboard.Caching;

/// <summary>Registers the answer cache.</summary>
internal static class CachingExtensions
{
    public static void AddCaching(this IHostApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<CachingOptions>(CachingOptions.SectionName);
        builder.AddRedisClient("redis");
        builder.Services.DegradeWithout("StackExchange.Redis");
        builder.Services.AddSingleton<DashboardTelemetry>();
        builder.Services.AddSingleton<KnownVersion>();
        builder.Services.AddSingleton<RedisConnection>();
        builder.Services.AddSingleton<RedisAnswers>();
        builder.Services.AddSingleton<LocalAnswers>();
        builder.Services.AddSingleton<AnswerCache>();
        builder.Services.AddSingleton<RowStream>();
    }
}
