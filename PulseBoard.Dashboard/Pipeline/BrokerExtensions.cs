using PulseBoard.ServiceDefaults;

namespace PulseBoard.Dashboard.Pipeline;

/// <summary>Registers the connection to the broker, by which the Dashboard knows whether events are on their way.</summary>
internal static class BrokerExtensions
{
    public static void AddBroker(this IHostApplicationBuilder builder)
    {
        // One attempt only: connecting blocks, no answer waits for the broker, and the health check comes again by itself.
        builder.AddRabbitMQClient("rabbitmq", settings => settings.MaxConnectRetryCount = 0);
        builder.Services.DegradeWithout("RabbitMQ.Client");
    }
}
