namespace PulseBoard.Tests.Application;

/// <summary>A batch of one event that is dead although nothing is wrong with it: replayed, it is counted.</summary>
internal sealed class DeadBatch
{
    private DeadBatch()
    {
    }

    // The newest one, so that it stands on the first page.
    public Guid BatchId { get; } = Guid.CreateVersion7();

    public Guid EventId { get; } = Guid.CreateVersion7();

    public string User { get; } = PulseBoardApplication.NewUser();

    /// <summary>Stores one as it is after its last attempt.</summary>
    public static async Task<DeadBatch> StoreAsync(PulseBoardApplication application, string error)
    {
        var dead = new DeadBatch();

        // One statement, since an event and its batch are never without each other.
        await application.QueryAsync<object>(
            """
            WITH event AS (
                INSERT INTO events (event_id, event_type, user_id, timestamp, received_at, batch_id)
                VALUES ($1, 'task_created', $2, now(), now(), $3))
            INSERT INTO event_batches (batch_id, event_count, publish_after, attempts, error, dead_at)
            VALUES ($3, 1, 'infinity', 5, $4, now())
            """,
            dead.EventId, dead.User, dead.BatchId, error);
        return dead;
    }
}
