using Microsoft.Extensions.Options;
using PulseBoard.ServiceDefaults;
using RabbitMQ.Client;

namespace PulseBoard.Activity.Publishing;

/// <summary>Asks the broker itself, past the bus, whether it takes messages.</summary>
internal sealed class BrokerProbe(IConfiguration configuration, IOptions<PublishingOptions> options)
{
    private readonly Uri _broker = new(configuration.GetRequiredConnectionString("rabbitmq"));

    /// <summary>Connects, and has a message confirmed, all within the time of one message.</summary>
    /// <returns>False where the broker is away, or refuses messages, as one that is short of memory or disk does.</returns>
    public async Task<bool> TakesMessagesAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.ConfirmTimeout);
        try
        {
            await AskAsync(limit.Token).WaitAsync(limit.Token);
            return true;
        }
#pragma warning disable CA1031 // Whatever it is, the broker does not take messages.
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory { Uri = _broker, AutomaticRecoveryEnabled = false };
        await using var connection = await factory.CreateConnectionAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(
            new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken);

        // No queue has this name: the broker drops the message, and confirms it all the same.
        await channel.BasicPublishAsync(exchange: "", routingKey: $"probe-{Guid.NewGuid():N}", ReadOnlyMemory<byte>.Empty, cancellationToken);
    }
}
