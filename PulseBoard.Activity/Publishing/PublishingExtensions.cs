using MassTransit;
using PulseBoard.ServiceDefaults;

namespace PulseBoard.Activity.Publishing;

/// <summary>Registers the bus, the publisher and the relay.</summary>
internal static class PublishingExtensions
{
    public static void AddPublishing(this IHostApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<PublishingOptions>(PublishingOptions.SectionName);

        builder.Services.AddMassTransit(bus => bus.UsingRabbitMq((context, rabbitMq) =>
        {
            rabbitMq.Host(new Uri(builder.Configuration.GetRequiredConnectionString("rabbitmq")));
            rabbitMq.ConfigureEndpoints(context);
        }));

        builder.Services.DegradeWithout("masstransit-bus");

        builder.Services.AddSingleton<Outbox>();
        builder.Services.AddHostedService<BatchRelay>();
        builder.Services.AddSingleton<BatchPublisher>();
        builder.Services.AddHostedService(services => services.GetRequiredService<BatchPublisher>());
    }
}
