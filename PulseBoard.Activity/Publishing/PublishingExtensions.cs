using MassTransit;
using PulseBoard.Contracts;
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

            // A broker drops what no queue takes, and confirms it all the same: before its first message this service declares
            // the queue as the workers do.
            rabbitMq.Publish<EventBatchesStored>(message => message.BindQueue(
                EventBatchesStored.Queue, EventBatchesStored.Queue, queue => queue.SetQueueArgument("x-queue-type", "quorum")));
            rabbitMq.ConfigureEndpoints(context);
        }));

        builder.Services.DegradeWithout("masstransit-bus");

        builder.Services.AddSingleton<ActivityTelemetry>();
        builder.Services.AddSingleton<Outbox>();
        builder.Services.AddHostedService<BatchRelay>();
        builder.Services.AddSingleton<BatchPublisher>();
        builder.Services.AddHostedService(services => services.GetRequiredService<BatchPublisher>());
    }
}
