using Npgsql;
using NpgsqlTypes;

namespace PulseBoard.Bench.Seeding;

/// <summary>Stores a history: events and their rows in the outbox as Activity leaves them, and the directory of people.</summary>
internal sealed class SeedStore : IAsyncDisposable
{
    /// <summary>A setting of sessions whose commits are durable a moment later, or when the seed has ended at the latest.</summary>
    public const string WithoutWaitingForTheDisk = "-c synchronous_commit=off";

    // The newest tables that it needs.
    private const string HasSchema = "SELECT to_regclass('people') IS NOT NULL AND to_regclass('rollup_state') IS NOT NULL";

    private const string HasEvents = "SELECT EXISTS (SELECT FROM events)";

    private const string ReadReportingZone = "SELECT reporting_zone FROM rollup_state";

    private const string CopyEvents = """
        COPY events (event_id, event_type, user_id, timestamp, data_payload, received_at, batch_id) FROM STDIN (FORMAT binary)
        """;

    // The lease keeps the relay of a PulseBoard that runs from sending the batch to its workers: it is counted here in a moment.
    // Were it not, since this process was killed, the relay takes it over.
    private const string InsertBatch = """
        INSERT INTO event_batches (batch_id, event_count, publish_after) VALUES ($1, $2, now() + interval '1 hour')
        """;

    // Who stands there already was entered by somebody who knows better.
    private const string InsertTeams = """
        INSERT INTO teams (team, display_name)
        SELECT team, display_name FROM unnest($1, $2) AS t (team, display_name)
        ON CONFLICT DO NOTHING
        """;

    private const string InsertPeople = """
        INSERT INTO people (user_id, display_name, team)
        SELECT user_id, display_name, team FROM unnest($1, $2, $3) AS p (user_id, display_name, team)
        ON CONFLICT DO NOTHING
        """;

    // As the server does by itself sooner or later: better now than while somebody looks at it.
    private const string Settle = "VACUUM (ANALYZE)";

    // The commits did not wait for the disk. After this, all of them are there.
    private const string Checkpoint = "CHECKPOINT";

    private readonly NpgsqlConnection _connection;

    private SeedStore(NpgsqlConnection connection) => _connection = connection;

    /// <summary>Opens a connection of its own, whose commits do not wait for the disk.</summary>
    public static async Task<SeedStore> OpenAsync(string database, CancellationToken cancellationToken)
    {
        var tuned = new NpgsqlConnectionStringBuilder(database) { Pooling = false, CommandTimeout = 0, ApplicationName = "seed" };
        tuned.Options = $"{tuned.Options} {WithoutWaitingForTheDisk}".TrimStart();
        var connection = new NpgsqlConnection(tuned.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return new(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Looks whether the database can take a history.</summary>
    /// <param name="add">Whether there may be events already.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BenchmarkException">It cannot.</exception>
    public async Task CheckAsync(bool add, CancellationToken cancellationToken)
    {
        if (!await AskAsync(HasSchema, cancellationToken))
        {
            throw new BenchmarkException("This database is not migrated: start PulseBoard with it once.");
        }

        if (!add && await AskAsync(HasEvents, cancellationToken))
        {
            throw new BenchmarkException("This database has events already. With --add the history comes to them: with a --seed of its own.");
        }
    }

    /// <summary>The zone in which the database's daily rollups are.</summary>
    public async Task<string> ReportingZoneAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(ReadReportingZone, _connection);
        return (string)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Enters teams and people, but for those whom the directory is not to know.</summary>
    public async Task InsertDirectoryAsync(Company company, CancellationToken cancellationToken)
    {
        var people = company.People.Where(person => person.Listing != Listing.Unknown).ToArray();
        await using var transaction = await _connection.BeginTransactionAsync(cancellationToken);
        await InsertAsync(
            InsertTeams,
            cancellationToken,
            [.. company.Teams.Select(team => team.Key)],
            [.. company.Teams.Select(team => team.DisplayName)]);
        await InsertAsync(
            InsertPeople,
            cancellationToken,
            [.. people.Select(person => person.User)],
            [.. people.Select(person => person.DisplayName)],
            [.. people.Select(person => person.Listing == Listing.Member ? person.Team.Key : null)]);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Stores a batch: its events and its row in the outbox, together.</summary>
    /// <param name="events">Events in the order of receipt.</param>
    /// <param name="cancellationToken">Gives up; nothing or everything is stored.</param>
    /// <returns>The batch's id, in the order of time like the one that Activity would have given it.</returns>
    public async Task<Guid> StoreAsync(List<SeedEvent> events, CancellationToken cancellationToken)
    {
        var batchId = Guid.CreateVersion7(events[^1].Received);
        await using var transaction = await _connection.BeginTransactionAsync(cancellationToken);
        await using (var copy = await _connection.BeginBinaryImportAsync(CopyEvents, cancellationToken))
        {
            // A field at a time and millions of them: what each await costs would be most of it. What blocks here is the socket.
#pragma warning disable CA1849
            foreach (var seedEvent in events)
            {
                copy.StartRow();
                copy.Write(seedEvent.Id, NpgsqlDbType.Uuid);
                copy.Write(seedEvent.Type.Name(), NpgsqlDbType.Varchar);
                copy.Write(seedEvent.Person.User, NpgsqlDbType.Varchar);
                copy.Write(seedEvent.Time, NpgsqlDbType.TimestampTz);
                if (seedEvent.Data is { } data)
                {
                    copy.Write(data, NpgsqlDbType.Jsonb);
                }
                else
                {
                    copy.WriteNull();
                }

                copy.Write(seedEvent.Received, NpgsqlDbType.TimestampTz);
                copy.Write(batchId, NpgsqlDbType.Uuid);
            }
#pragma warning restore CA1849

            await copy.CompleteAsync(cancellationToken);
        }

        await using (var outbox = new NpgsqlCommand(InsertBatch, _connection))
        {
            outbox.Parameters.Add(new() { Value = batchId });
            outbox.Parameters.Add(new() { Value = events.Count });
            await outbox.ExecuteNonQueryAsync(cancellationToken);
        }

        // Without the token: ended while it waits for the answer, nobody would know of what is stored.
        await transaction.CommitAsync(CancellationToken.None);
        return batchId;
    }

    /// <summary>Leaves the database as it would be after a while: cleaned, analyzed, and on disk.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        foreach (var sql in (string[])[Settle, Checkpoint])
        {
            await using var command = new NpgsqlCommand(sql, _connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task<bool> AskAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    private async Task InsertAsync(string sql, CancellationToken cancellationToken, params string?[][] columns)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        foreach (var column in columns)
        {
            command.Parameters.Add(new() { Value = column, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
