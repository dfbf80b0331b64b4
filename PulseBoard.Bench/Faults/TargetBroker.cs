using System.Text.Json;
using PulseBoard.Contracts;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace PulseBoard.Bench.Faults;

/// <summary>The broker of the system under test, past its services.</summary>
internal sealed class TargetBroker(string address)
{
    /// <summary>Messages that wait for a worker.</summary>
    public async Task<uint> WaitingAsync(CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        return (await channel.QueueDeclarePassiveAsync(EventBatchesStored.Queue, cancellationToken)).MessageCount;
    }

    /// <summary>Delivers messages of batches to the workers, as MassTransit wraps them.</summary>
    public async Task PublishAsync(IEnumerable<Guid> batchIds, CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken);
        foreach (var batchId in batchIds)
        {
            var envelope = JsonSerializer.SerializeToUtf8Bytes(
                new
                {
                    MessageId = Guid.NewGuid(),
                    MessageType = new[] { $"urn:message:{typeof(EventBatchesStored).Namespace}:{nameof(EventBatchesStored)}" },
                    Message = new EventBatchesStored([batchId]),
                },
                JsonSerializerOptions.Web);
            await channel.BasicPublishAsync(
                exchange: EventBatchesStored.Queue,
                routingKey: "",
                mandatory: false,
                new BasicProperties { ContentType = "application/vnd.masstransit+json", Persistent = true },
                envelope,
                cancellationToken);
        }
    }

    private async Task<IConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await new ConnectionFactory { Uri = new Uri(address) }.CreateConnectionAsync(cancellationToken);
        }
        catch (BrokerUnreachableException exception)
        {
            throw new IOException("The broker cannot be reached.", exception);
        }
    }
}
