using System.Diagnostics;
using Npgsql;

namespace PulseBoard.Bench.Scenarios;

/// <summary>
/// Holds a service's connections where they come to a table, until it is let go: so that what they do begins at one moment that is
/// known, and so that they can be counted.
/// </summary>
internal sealed class TableGate : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private const string CountWaiting = """
        SELECT count(*)
        FROM pg_locks JOIN pg_stat_activity USING (pid)
        WHERE relation = $1::regclass AND NOT granted AND application_name = $2
        """;

    private readonly NpgsqlConnection _connection;
    private readonly string _table;
    private readonly string _service;

    private TableGate(NpgsqlConnection connection, string table, string service) => (_connection, _table, _service) = (connection, table, service);

    /// <summary>
    /// Holds workers at their first count until all of them are there: not while one still starts, nor after its first count, which
    /// may be a fifth of a backlog. A lock on the outbox stops whoever would delete from it, and lets it be read.
    /// </summary>
    public static Task<TableGate> HoldCountsAsync(string database, CancellationToken cancellationToken) =>
        CloseAsync(database, "event_batches", "EXCLUSIVE", "analytics", cancellationToken);

    /// <summary>Holds whoever computes an answer, which begins with a look at the state of the rollups.</summary>
    public static Task<TableGate> HoldAnswersAsync(string database, CancellationToken cancellationToken) =>
        CloseAsync(database, "rollup_state", "ACCESS EXCLUSIVE", "dashboard", cancellationToken);

    /// <summary>Waits until so many connections are held.</summary>
    /// <exception cref="BenchmarkException">They do not come.</exception>
    public async Task HoldsAsync(int connections, CancellationToken cancellationToken)
    {
        for (var begun = Stopwatch.GetTimestamp(); await CountAsync(cancellationToken) < connections; await Task.Delay(Pause, cancellationToken))
        {
            if (Stopwatch.GetElapsedTime(begun) > Limit)
            {
                throw new BenchmarkException($"Within {Limit.TotalMinutes:0} minutes {connections} connections of '{_service}' did not come to '{_table}'.");
            }
        }
    }

    /// <summary>How many connections are held.</summary>
    public async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        await using var count = new NpgsqlCommand(CountWaiting, _connection) { Parameters = { new() { Value = _table }, new() { Value = _service } } };
        return (long)(await count.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Lets them go: the transaction ends with its connection.</summary>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static async Task<TableGate> CloseAsync(string database, string table, string mode, string service, CancellationToken cancellationToken)
    {
        var gate = new TableGate(new(new NpgsqlConnectionStringBuilder(database) { Pooling = false }.ConnectionString), table, service);
        try
        {
            await gate._connection.OpenAsync(cancellationToken);
            await gate._connection.BeginTransactionAsync(cancellationToken);
            await using var hold = new NpgsqlCommand($"LOCK TABLE {table} IN {mode} MODE", gate._connection);
            await hold.ExecuteNonQueryAsync(cancellationToken);
            return gate;
        }
        catch
        {
            await gate.DisposeAsync();
            throw;
        }
    }
}
