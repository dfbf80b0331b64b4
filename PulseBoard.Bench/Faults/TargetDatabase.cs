using Npgsql;

namespace PulseBoard.Bench.Faults;

/// <summary>The database of the system under test, past its services.</summary>
internal sealed class TargetDatabase(string connectionString) : IAsyncDisposable
{
    // Without a pool: it would hand out connections that a stopped Postgres has ended, and stand in the way of none being free.
    // Writing, also while the database is read-only to others.
    private readonly NpgsqlDataSource _connections = NpgsqlDataSource.Create(
        $"{connectionString};Pooling=false;Application Name=faults;Options=-c default_transaction_read_only=off");

    /// <summary>Opens a connection, to hold something on it.</summary>
    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) => _connections.OpenConnectionAsync(cancellationToken);

    /// <summary>The first column of the first row, or the type's default where there is none.</summary>
    public async Task<T?> QueryAsync<T>(string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteScalarAsync(cancellationToken) is T value ? value : default;
    }

    /// <summary>The first column of every row.</summary>
    public async Task<List<T>> ListAsync<T>(string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var values = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            values.Add(await reader.GetFieldValueAsync<T>(0, cancellationToken));
        }

        return values;
    }

    /// <summary>Changes something.</summary>
    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Batches that are neither counted nor dead.</summary>
    public Task<long> PendingAsync(CancellationToken cancellationToken) =>
        QueryAsync<long>("SELECT count(*) FROM event_batches WHERE dead_at IS NULL", cancellationToken);

    /// <summary>Ends every other session, as an operator would.</summary>
    public Task TerminateSessionsAsync(CancellationToken cancellationToken) =>
        ExecuteAsync(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
            cancellationToken);

    public ValueTask DisposeAsync() => _connections.DisposeAsync();

    private NpgsqlCommand Command(string sql, object[] parameters)
    {
        var command = _connections.CreateCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new() { Value = parameter });
        }

        return command;
    }
}
