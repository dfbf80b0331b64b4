using Microsoft.Extensions.Options;
using PulseBoard.Contracts;
using PulseBoard.Dashboard.Caching;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace PulseBoard.Dashboard.Pipeline;

/// <summary>Asks the broker about the workers' queue, with patience that is short and its own: no answer waits for a broker that is away.</summary>
internal sealed partial class BrokerQueue(
    IServiceProvider services, IOptions<PipelineOptions> options, TimeProvider time, ILogger<BrokerQueue> logger)
{
    private static readonly PipelineBroker Away = new(PipelineBroker.Away, null, null);

    // Connecting blocks its thread for as long as a broker that hangs lets it: one thread, however many ask.
    private readonly SingleFlight<string, PipelineBroker> _flights = new();

    public async Task<PipelineBroker> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _flights.RunAsync(EventBatchesStored.Queue, AskAsync, cancellationToken)
                .WaitAsync(options.Value.BrokerTimeout, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return Away;
        }
    }

    private async Task<PipelineBroker> AskAsync()
    {
        using var limit = new CancellationTokenSource(options.Value.BrokerTimeout, time);
        try
        {
            // Resolved here, since creating the connection is what may fail; once there, it comes back by itself.
            var connection = services.GetRequiredService<IConnection>();

            // A channel of its own: the broker closes it where there is no such queue.
            await using var channel = await connection.CreateChannelAsync(cancellationToken: limit.Token);
            var queue = await channel.QueueDeclarePassiveAsync(EventBatchesStored.Queue, limit.Token);
            return new(PipelineBroker.Up, queue.MessageCount, queue.ConsumerCount);
        }
        catch (OperationInterruptedException exception) when (exception.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            // Neither a publisher nor a worker has been there yet.
            return new(PipelineBroker.Up, 0, 0);
        }
#pragma warning disable CA1031 // Whatever the broker or its client made of it, the rest of the answer does not depend on it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogAway(exception.Message);
            return Away;
        }
    }

    [LoggerMessage(LogLevel.Debug, "RabbitMQ does not tell about the workers' queue: {Reason}")]
    private partial void LogAway(string reason);
}
