using Npgsql;
using PulseBoard.Bench.Load;

namespace PulseBoard.Bench.Scenarios;

/// <summary>Events of the past, stored and counted, as years of use would have left them. Made within Postgres.</summary>
internal static class History
{
    private const int Days = 90;
    private const int People = 10_000;
    private const int EventsPerBatch = 1_000;

    /// <summary>What the names of its people end with.</summary>
    private static readonly string Domain = LoadEvent.Domain("history");

    // Version 7 ids, spread evenly over the days before today: ids and batches are in the order of time, as ingestion makes them.
    private static readonly string InsertEvents = $$"""
        INSERT INTO events (event_id, event_type, user_id, timestamp, data_payload, received_at, batch_id)
        SELECT (left(ms, 8) || '-' || right(ms, 4) || '-7' || substr(noise, 1, 3) || '-8' || substr(noise, 4, 3) || '-' || substr(noise, 7, 12))::uuid,
               (ARRAY['{{string.Join("', '", LoadEvent.Types)}}'])[1 + i % {{LoadEvent.Types.Count}}],
               lpad(((i * 7919) % {{People}})::text, 6, '0') || '{{Domain}}',
               at, '{{LoadEvent.Data}}', at,
               (left(batch, 8) || '-' || right(batch, 4) || '-7000-8000-' || lpad(to_hex(i / {{EventsPerBatch}}), 12, '0'))::uuid
        FROM generate_series(0, $1::bigint - 1) AS i,
             LATERAL (SELECT date_trunc('day', now(), 'UTC') - make_interval(days => {{Days}}) + make_interval(secs => i * {{Days}} * 86400.0 / $1::bigint) AS at,
                             date_trunc('day', now(), 'UTC') - make_interval(days => {{Days}}) + make_interval(secs => (i - i % {{EventsPerBatch}}) * {{Days}} * 86400.0 / $1::bigint) AS batch_at,
                             md5(i::text) AS noise) AS made,
             LATERAL (SELECT lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') AS ms,
                             lpad(to_hex((extract(epoch FROM batch_at) * 1000)::bigint), 12, '0') AS batch) AS hex
        """;

    private static readonly string InsertRollups = $"""
        INSERT INTO daily_user_metrics (user_id, metric_date, event_count, tasks_created, tasks_completed)
        SELECT user_id, (timestamp AT TIME ZONE 'UTC')::date, count(*),
               count(*) FILTER (WHERE event_type = 'task_created'), count(*) FILTER (WHERE event_type = 'task_completed')
        FROM events
        WHERE user_id LIKE '%{Domain}'
        GROUP BY 1, 2
        """;

    // As the server does by itself sooner or later: better before the measurement than in it.
    private const string Settle = "VACUUM (ANALYZE) events, daily_user_metrics";

    private const string Checkpoint = "CHECKPOINT";

    /// <summary>Stores a history.</summary>
    /// <param name="database">The database, which has none.</param>
    /// <param name="events">How many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task InsertAsync(string database, int events, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { Pooling = false, CommandTimeout = 0 }.ConnectionString);
        await connection.OpenAsync(cancellationToken);

        // One transaction, so that there is no moment in which rollups and events differ.
        await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
        {
            await ExecuteAsync(connection, InsertEvents, cancellationToken, (long)events);
            await ExecuteAsync(connection, InsertRollups, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        await ExecuteAsync(connection, Settle, cancellationToken);
        await ExecuteAsync(connection, Checkpoint, cancellationToken);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new() { Value = parameter });
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
