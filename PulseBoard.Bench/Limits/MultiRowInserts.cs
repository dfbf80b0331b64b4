using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;
using PulseBoard.Bench.Load;

namespace PulseBoard.Bench.Limits;

/// <summary>
/// The limit of storing many events: multi-row inserts of the same rows over one connection, each with its row in the outbox, one
/// after the other, by a client that does nothing else.
/// </summary>
internal static class MultiRowInserts
{
    // As many as ingestion puts into one commit at most.
    private const int Rows = 1_000;

    private const string Insert = $"""
        WITH inserted AS (
            INSERT INTO {InsertTables.Schema}.events (event_id, event_type, user_id, timestamp, data_payload, received_at, batch_id)
            SELECT event_id, event_type, user_id, timestamp, data_payload::jsonb, received_at, $7
            FROM unnest($1, $2, $3, $4, $5, $6) AS e (event_id, event_type, user_id, timestamp, data_payload, received_at))
        INSERT INTO {InsertTables.Schema}.event_batches (batch_id, event_count, publish_after) VALUES ($7, $8, now())
        """;

    /// <summary>How many rows are stored in a second.</summary>
    /// <param name="database">The connection string.</param>
    /// <param name="warmUp">The same before that, unmeasured.</param>
    /// <param name="duration">How long to go on.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<double> MeasureAsync(string database, TimeSpan warmUp, TimeSpan duration, CancellationToken cancellationToken)
    {
        await using var tables = await InsertTables.CreateAsync(database, cancellationToken);
        var events = new LoadEvents(people: 1_000, client: 0);
        await InsertAsync(tables.Connection, events, warmUp, cancellationToken);

        var begun = Stopwatch.GetTimestamp();
        var rows = await InsertAsync(tables.Connection, events, duration, cancellationToken);
        return rows / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    private static async Task<long> InsertAsync(
        NpgsqlConnection connection, LoadEvents events, TimeSpan duration, CancellationToken cancellationToken)
    {
        var rows = 0L;
        for (var begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begun) < duration; rows += Rows)
        {
            await using var command = Command(connection, events);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return rows;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, LoadEvents events)
    {
        var (ids, types, users) = (new Guid[Rows], new string[Rows], new string[Rows]);
        var (times, data) = (new DateTimeOffset[Rows], new string[Rows]);
        var now = DateTimeOffset.UtcNow;
        for (var row = 0; row < Rows; row++)
        {
            var one = events.Next();
            (ids[row], types[row], users[row]) = (one.Id, LoadEvent.Types[row % LoadEvent.Types.Count], one.User("raw"));
            (times[row], data[row]) = (now, LoadEvent.Data);
        }

        return new(Insert, connection)
        {
            Parameters =
            {
                new() { Value = ids },
                new() { Value = types },
                new() { Value = users },
                new() { Value = times, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz },
                new() { Value = data },
                new() { Value = times, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz },
                new() { Value = Guid.CreateVersion7(now) },
                new() { Value = Rows },
            },
        };
    }
}
