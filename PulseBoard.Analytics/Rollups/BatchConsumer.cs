using MassTransit;
using PulseBoard.Contracts;

namespace PulseBoard.Analytics.Rollups;

/// <summary>Takes the messages of stored batches; each is acknowledged once its batch is counted.</summary>
internal sealed class BatchConsumer(RollupWriter writer) : IConsumer<EventBatchStored>
{
    public Task Consume(ConsumeContext<EventBatchStored> context) =>
        writer.CountAsync(context.Message.BatchId, context.CancellationToken);
}
