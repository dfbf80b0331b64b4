using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
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

        // A request is read, waits for its commit and is answered: nothing of it blocks, so it need not change threads on its way
        // from the socket and back.
        builder.Services.Configure<SocketTransportOptions>(sockets => sockets.UnsafePreferInlineScheduling = true);
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
