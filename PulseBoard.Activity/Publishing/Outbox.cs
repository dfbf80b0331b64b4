using System.Diagnostics;
using NpgsqlTypes;
using PulseBoard.Data;

namespace PulseBoard.Activity.Publishing;

/// <summary>The outbox as the relay sees it: batches that are due, and leases on them.</summary>
internal sealed class Outbox(DatabaseConnections connections)
{
    // A lease instead of a lock that is held while publishing: a worker that counts the batch meanwhile must not wait for it.
    // SKIP LOCKED, so that two relays share the work and neither waits for a worker's delete. MATERIALIZED, so that no plan runs
    // the subquery, and its LIMIT, more than once.
    //
    // The lease grows with the batch's age: while no worker comes, each batch is published ever more rarely, and the broker does not
    // fill with copies. But not beyond some minutes: a message may be lost on its way, or this process end before it goes out.
    private const string Lease = """
        WITH due AS MATERIALIZED (
            SELECT batch_id
            FROM event_batches
            WHERE publish_after <= now() AND dead_at IS NULL
            ORDER BY publish_after
            LIMIT $2
            FOR UPDATE SKIP LOCKED)
        UPDATE event_batches
        SET publish_after = now() + greatest($1, least(now() - stored_at, interval '5 minutes'))
        FROM due
        WHERE event_batches.batch_id = due.batch_id
        RETURNING event_batches.batch_id, event_batches.trace_parent
        """;

    private const string Release = """
        UPDATE event_batches
        SET publish_after = now()
        WHERE batch_id IN (
            SELECT batch_id
            FROM event_batches
            WHERE batch_id = ANY ($1)
            FOR UPDATE SKIP LOCKED)
        """;

    private const string ReadState = """
        SELECT count(*) FILTER (WHERE dead_at IS NULL),
               coalesce(greatest(now() - min(stored_at) FILTER (WHERE dead_at IS NULL), interval '0'), interval '0'),
               count(*) FILTER (WHERE dead_at IS NOT NULL AND discarded_at IS NULL)
        FROM event_batches
        """;

    /// <summary>Takes the batches that are due, oldest first; nobody else gets them before the lease has run out.</summary>
    public async Task<List<DueBatch>> LeaseAsync(TimeSpan lease, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        await using var command = connection.Npgsql.CreateCommand();
        command.CommandText = Lease;
        command.Parameters.Add(new() { Value = lease, NpgsqlDbType = NpgsqlDbType.Interval });
        command.Parameters.Add(new() { Value = limit });

        var due = new List<DueBatch>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var traceParent = await reader.IsDBNullAsync(1, cancellationToken) ? null : reader.GetString(1);
            ActivityContext.TryParse(traceParent, null, isRemote: true, out var commit);
            due.Add(new(reader.GetGuid(0), commit));
        }

        return due;
    }

    /// <summary>Gives back batches that could not be published, so that they are due at once.</summary>
    public async Task ReleaseAsync(Guid[] batchIds, CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        await using var command = connection.Npgsql.CreateCommand();
        command.CommandText = Release;
        command.Parameters.Add(new() { Value = batchIds, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>What is in it. It reads the whole table, which is small while all is well.</summary>
    public async Task<OutboxState> ReadStateAsync(CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        await using var command = connection.Npgsql.CreateCommand();
        command.CommandText = ReadState;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new(reader.GetInt64(0), reader.GetTimeSpan(1), reader.GetInt64(2));
    }
}
