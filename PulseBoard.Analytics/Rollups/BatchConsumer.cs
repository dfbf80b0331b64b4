using MassTransit;
using PulseBoard.Contracts;

namespace PulseBoard.Analytics.Rollups;

/// <summary>Takes the messages of stored batches; each is acknowledged once its batches are counted.</summary>
internal sealed class BatchConsumer(RollupWriter writer) : IConsumer<EventBatchesStored>
{
    public Task Consume(ConsumeContext<EventBatchesStored> context) =>
        writer.CountAsync(context.Message.BatchIds, context.CancellationToken);
}
