using PulseBoard.ServiceDefaults;

namespace PulseBoard.Activity.Ingestion;

/// <summary>Registers ingestion.</summary>
internal static class IngestionExtensions
{
    public static void AddIngestion(this IHostApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<IngestionOptions>(IngestionOptions.SectionName);
        builder.Services.AddSingleton<EventReader>();
        builder.Services.AddSingleton<EventStore>();
        builder.Services.AddSingleton<EventWriter>();
        builder.Services.AddHostedService(services => services.GetRequiredService<EventWriter>());
    }
}
