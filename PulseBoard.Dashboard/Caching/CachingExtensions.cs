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
        builder.Services.AddSingleton<RedisConnection>();
        builder.Services.AddSingleton<RedisAnswers>();
        builder.Services.AddSingleton<AnswerCache>();
    }
}
