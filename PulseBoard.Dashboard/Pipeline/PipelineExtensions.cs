using PulseBoard.ServiceDefaults;

namespace PulseBoard.Dashboard.Pipeline;

/// <summary>Registers what is told about the pipeline, and the connection to the broker, which knows part of it.</summary>
internal static class PipelineExtensions
{
    public static void AddPipeline(this IHostApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<PipelineOptions>(PipelineOptions.SectionName);

        // One attempt only: connecting blocks, no answer waits for the broker, and the health check comes again by itself.
        builder.AddRabbitMQClient("rabbitmq", settings => settings.MaxConnectRetryCount = 0);
        builder.Services.DegradeWithout("RabbitMQ.Client");

        builder.Services.AddSingleton<BrokerQueue>();
        builder.Services.AddSingleton<PipelineQuery>();
        builder.Services.AddSingleton<DeadBatches>();
    }
}
