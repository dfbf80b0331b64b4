using PulseBoard.ServiceDefaults;

namespace PulseBoard.Activity.Ingestion;

/// <summary>Registers ingestion.</summary>
internal static class IngestionExtensions
{
    public static void AddIngestion(this IHostApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<IngestionOptions>(IngestionOptions.SectionName);
        builder.Services.AddSingleton<EventReader>();
        builder.Services.AddSingleton<BatchReader>();
        builder.Services.AddSingleton<EventLookup>();
        builder.Services.AddSingleton<Refusals>();
        builder.Services.AddSingleton<EventStore>();
        builder.Services.AddSingleton<EventWriter>();
        builder.Services.AddHostedService(services => services.GetRequiredService<EventWriter>());
        builder.Services.AddRequestDecompression(options => options.DecompressionProviders.Add("zstd", new ZstandardDecompression()));
        builder.Services.AddBatchLimit();
    }

    /// <summary>Comes after the door: nothing is unpacked for who may not send it.</summary>
    public static void UseIngestion(this WebApplication app)
    {
        app.UseRateLimiter();
        app.UseRequestDecompression();
    }
}
