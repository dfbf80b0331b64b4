using Microsoft.Extensions.Diagnostics.HealthChecks;
using PulseBoard.ServiceDefaults;

namespace PulseBoard.Activity.Publishing;

/// <summary>Registers the bus, the publisher and the relay.</summary>
internal static class PublishingExtensions
{
    public static void AddPublishing(this IHostApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<PublishingOptions>(PublishingOptions.SectionName);

        builder.Services.AddSingleton<BrokerProbe>();
        builder.Services.AddSingleton<BrokerBus>();
        builder.Services.AddHostedService(services => services.GetRequiredService<BrokerBus>());
        builder.Services.AddHealthChecks().AddCheck<BusHealthCheck>("masstransit-bus", HealthStatus.Degraded);

        builder.Services.AddSingleton<ActivityTelemetry>();
        builder.Services.AddSingleton<Outbox>();
        builder.Services.AddHostedService<BatchRelay>();
        builder.Services.AddSingleton<BatchPublisher>();
        builder.Services.AddHostedService(services => services.GetRequiredService<BatchPublisher>());
    }
}
