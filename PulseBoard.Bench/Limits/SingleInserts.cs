using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;
using PulseBoard.Bench.Load;

namespace PulseBoard.Bench.Limits;

/// <summary>The limit of one event's way: one row, inserted and committed over one connection, again and again.</summary>
internal static class SingleInserts
{
    private const string Insert = $"""
        INSERT INTO {InsertTables.Schema}.events (event_id, event_type, user_id, timestamp, data_payload, received_at, batch_id)
        VALUES ($1, $2, $3, $4, $5, $4, $1)
        """;

    /// <summary>How long they take.</summary>
    /// <param name="database">The connection string.</param>
    /// <param name="warmUp">The same before that, unmeasured.</param>
    /// <param name="duration">How long to go on.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<LatencyHistogram> MeasureAsync(
        string database, TimeSpan warmUp, TimeSpan duration, CancellationToken cancellationToken)
    {
        await using var tables = await InsertTables.CreateAsync(database, cancellationToken);
        var events = new LoadEvents(people: 1_000, client: 0);
        var latencies = new LatencyHistogram();
        var begun = Stopwatch.GetTimestamp();
        for (var row = 0; Stopwatch.GetElapsedTime(begun) < warmUp + duration; row++)
        {
            await using var command = Command(tables.Connection, events.Next(), LoadEvent.Types[row % LoadEvent.Types.Count]);
            var started = Stopwatch.GetTimestamp();
            await command.ExecuteNonQueryAsync(cancellationToken);
            if (Stopwatch.GetElapsedTime(begun, started) >= warmUp)
            {
                latencies.Record(Stopwatch.GetElapsedTime(started));
            }
        }

        return latencies;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, LoadEvent one, string type) => new(Insert, connection)
    {
        Parameters =
        {
            new() { Value = one.Id },
            new() { Value = type },
            new() { Value = one.User("raw") },
            new() { Value = DateTimeOffset.UtcNow },
            new() { Value = LoadEvent.Data, NpgsqlDbType = NpgsqlDbType.Jsonb },
        },
    };
}
