using Npgsql;

namespace PulseBoard.Bench.Limits;

/// <summary>
/// Tables like those that ingestion writes, with the same columns and indexes, in a schema of their own that is dropped in the end.
/// </summary>
internal sealed class InsertTables : IAsyncDisposable
{
    /// <summary>Their schema.</summary>
    public const string Schema = "pulseboard_bench";

    private const string Drop = $"DROP SCHEMA IF EXISTS {Schema} CASCADE";

    // One that an interrupted run has left is in nobody's use.
    private const string Create = $"""
        {Drop};
        CREATE SCHEMA {Schema};
        CREATE TABLE {Schema}.events (LIKE public.events INCLUDING ALL);
        CREATE TABLE {Schema}.event_batches (LIKE public.event_batches INCLUDING ALL)
        """;

    private InsertTables(NpgsqlConnection connection) => Connection = connection;

    /// <summary>The one connection that inserts.</summary>
    public NpgsqlConnection Connection { get; }

    public static async Task<InsertTables> CreateAsync(string database, CancellationToken cancellationToken)
    {
        // The second use of a statement prepares it, as in the services.
        const int PreparedStatements = 16;
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(database) { Pooling = false, MaxAutoPrepare = PreparedStatements, AutoPrepareMinUsages = 2 }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await ExecuteAsync(connection, Create, cancellationToken);
            return new(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ExecuteAsync(Connection, Drop, CancellationToken.None);
        await Connection.DisposeAsync();
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
