using System.Text.Json;
using PulseBoard.Contracts;
using PulseBoard.Data;

namespace PulseBoard.Activity.Ingestion;

/// <summary>Finds a stored event by its id.</summary>
internal sealed class EventLookup(DatabaseConnections connections) : IDisposable
{
    // One statement, and so one snapshot: an event whose batch has no row in the outbox is counted.
    private const string Find = """
        SELECT e.event_id, e.user_id, e.event_type, e.timestamp, e.received_at, b.batch_id IS NULL, b.dead_at IS NOT NULL, e.data_payload
        FROM events AS e
        LEFT JOIN event_batches AS b USING (batch_id)
        WHERE e.event_id = $1
        """;

    // Those who ask wait for each other, and not the commits for them: both take their connections from one pool.
    private readonly SemaphoreSlim _places = new(4);

    /// <returns>The event, or null where there is none of that id.</returns>
    public async Task<StoredActivity?> FindAsync(Guid eventId, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return await ReadAsync(eventId, cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _places.Dispose();

    private async Task<StoredActivity?> ReadAsync(Guid eventId, CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        await using var command = connection.Npgsql.CreateCommand();
        command.CommandText = Find;
        command.Parameters.Add(new() { Value = eventId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return null;
        }

        var (counted, dead) = (reader.GetBoolean(5), reader.GetBoolean(6));
        return new(
            reader.GetGuid(0),
            reader.GetString(1),
            reader.GetString(2),
            reader.GetFieldValue<DateTimeOffset>(3),
            reader.GetFieldValue<DateTimeOffset>(4),
            counted,
            counted ? StoredActivity.IsCounted : dead ? StoredActivity.IsDead : StoredActivity.IsPending,
            await reader.IsDBNullAsync(7, cancellationToken) ? null : JsonElement.Parse(reader.GetString(7)));
    }
}
