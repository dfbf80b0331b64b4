using NpgsqlTypes;
using PulseBoard.Data;

namespace PulseBoard.Activity.Ingestion;

/// <summary>Stores batches of events: the one place where an event and its row in the outbox are written.</summary>
internal sealed class EventStore(DatabaseConnections connections)
{
    // One statement is one transaction and one round trip: events and outbox are there together or not at all.
    //
    // Two writers, in this process or another, may be given the same event ids: both insert in the order of event_id, so that
    // one waits for the other and neither deadlocks, and the later one does nothing. Of an id that stands twice in the batch the
    // first is stored.
    //
    // A batch may be sent again when the answer to its commit was lost. Either the first attempt was committed, or is about to
    // be: then nothing is inserted, and no outbox row is written (it may be counted and gone already). Or it was not, and this
    // attempt is the first one.
    private const string InsertBatch = """
        WITH inserted AS (
            INSERT INTO events (event_id, event_type, user_id, timestamp, data_payload, received_at, batch_id)
            SELECT event_id, event_type, user_id, timestamp, data_payload::jsonb, received_at, $7
            FROM unnest($1, $2, $3, $4, $5, $6) WITH ORDINALITY
                 AS e (event_id, event_type, user_id, timestamp, data_payload, received_at, place)
            ORDER BY event_id, place
            ON CONFLICT DO NOTHING
            RETURNING event_id
        ), outbox AS (
            INSERT INTO event_batches (batch_id, event_count, publish_after, trace_parent)
            SELECT $7, count(*), now() + $8, $9
            FROM inserted
            HAVING count(*) > 0
        )
        SELECT CASE WHEN count(*) < cardinality($1) THEN coalesce(array_agg(event_id), '{}') END
        FROM inserted
        """;

    // A statement of its own, since it must see what was committed while the insert waited for it.
    private const string SelectBatch = "SELECT coalesce(array_agg(event_id), '{}') FROM events WHERE batch_id = $1";

    /// <summary>Stores a batch.</summary>
    /// <param name="batchId">The batch's id: the same one when the same batch is tried again.</param>
    /// <param name="events">The events.</param>
    /// <param name="publishGrace">How long the relay leaves the batch to the publisher.</param>
    /// <param name="traceParent">The trace for the relay to go on in (W3C <c>traceparent</c>), or null.</param>
    /// <param name="cancellationToken">Gives up; the batch may be stored or not.</param>
    /// <returns>The ids of those that this batch stored, and the others were there before; null, as mostly, where it stored all.</returns>
    public async Task<HashSet<Guid>?> StoreAsync(
        Guid batchId, IReadOnlyList<ActivityEvent> events, TimeSpan publishGrace, string? traceParent, CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        await using var command = connection.Npgsql.CreateCommand();
        command.CommandText = InsertBatch;

        var (eventIds, types, users) = (new Guid[events.Count], new string[events.Count], new string[events.Count]);
        var (timestamps, data, received) = (new DateTimeOffset[events.Count], new string?[events.Count], new DateTimeOffset[events.Count]);
        for (var row = 0; row < events.Count; row++)
        {
            var activityEvent = events[row];
            eventIds[row] = activityEvent.EventId;
            types[row] = activityEvent.Type;
            users[row] = activityEvent.User;
            timestamps[row] = activityEvent.Timestamp;
            data[row] = activityEvent.Data;
            received[row] = activityEvent.ReceivedAt;
        }

        command.Parameters.Add(new() { Value = eventIds, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = types, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = users, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = timestamps, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new() { Value = data, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = received, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new() { Value = batchId, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = publishGrace, NpgsqlDbType = NpgsqlDbType.Interval });
        command.Parameters.Add(new() { Value = (object?)traceParent ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Varchar });

        return await command.ExecuteScalarAsync(cancellationToken) is Guid[] ids ? [.. ids] : null;
    }

    /// <summary>The ids of the events that were stored under a batch's id, by whichever attempt.</summary>
    public async Task<HashSet<Guid>> FindAsync(Guid batchId, CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        await using var command = connection.Npgsql.CreateCommand();
        command.CommandText = SelectBatch;
        command.Parameters.Add(new() { Value = batchId });
        return [.. (Guid[])(await command.ExecuteScalarAsync(cancellationToken))!];
    }
}
