using MassTransit;
using Microsoft.Extensions.Options;
using PulseBoard.Contracts;
using PulseBoard.ServiceDefaults;

namespace PulseBoard.Analytics.Rollups;

/// <summary>Registers counting, and the queue that feeds it.</summary>
internal static class RollupExtensions
{
    public static void AddRollups(this IHostApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<RollupOptions>(RollupOptions.SectionName);
        builder.Services.AddSingleton<RollupStore>();
        builder.Services.AddSingleton<RollupWriter>();
        builder.Services.AddHostedService(services => services.GetRequiredService<RollupWriter>());

        builder.Services.AddMassTransit(bus =>
        {
            bus.AddConsumer<BatchConsumer>();
            bus.UsingRabbitMq((context, rabbitMq) =>
            {
                var options = context.GetRequiredService<IOptions<RollupOptions>>().Value;
                rabbitMq.Host(new Uri(builder.Configuration.GetRequiredConnectionString("rabbitmq")));
                rabbitMq.ReceiveEndpoint(EventBatchesStored.Queue, endpoint =>
                {
                    // Replicated where the broker is a cluster; here it costs nothing measurable.
                    endpoint.SetQuorumQueue();
                    endpoint.PrefetchCount = options.Prefetch;
                    endpoint.ConcurrentMessageLimit = options.Prefetch;

                    // A message that fails has nothing that the outbox has not: the relay sends it again.
                    endpoint.DiscardFaultedMessages();
                    endpoint.ConfigureConsumer<BatchConsumer>(context);
                });
            });
        });
        builder.Services.DegradeWithout("masstransit-bus");
    }
}
