using PulseBoard.ServiceDefaults;

namespace PulseBoard.Dashboard.Caching;

/// <summary>Registers the answer cache.</summary>
internal static class CachingExtensions
{
    public static void AddCaching(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<CachingOptions>()
            .BindConfiguration(CachingOptions.SectionName)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.AddRedisClient("redis");
        builder.Services.DegradeWithout("StackExchange.Redis");
        builder.Services.AddSingleton<RedisConnection>();
        builder.Services.AddSingleton<RedisAnswers>();
        builder.Services.AddSingleton<AnswerCache>();
    }
}
