using Aspire.Hosting.ApplicationModel;
using Npgsql;

namespace Aspire.Hosting.Standalone;

/// <summary>Creates the databases of the model.</summary>
internal static class PostgresDatabaseCreation
{
    public static async Task CreateMissingAsync(PostgresServerResource server, CancellationToken cancellationToken)
    {
        if (server.Databases.Count == 0)
        {
            return;
        }

        await using var connection = await PostgresHealthCheck.OpenAsync(
            server.ConnectionStringExpression, PostgresHealthCheck.MaintenanceDatabase, cancellationToken);
        foreach (var database in server.Databases.Values.Distinct(StringComparer.Ordinal))
        {
            await CreateAsync(connection, database, cancellationToken);
        }
    }

    // Postgres has no CREATE DATABASE IF NOT EXISTS. The look beforehand spares its log an error at every start; a migrator that
    // does the same may still be faster.
    private static async Task CreateAsync(NpgsqlConnection connection, string database, CancellationToken cancellationToken)
    {
        await using var exists = connection.CreateCommand();
        exists.CommandText = "SELECT FROM pg_database WHERE datname = $1";
        exists.Parameters.Add(new() { Value = database });
        await using (var reader = await exists.ExecuteReaderAsync(cancellationToken))
        {
            if (await reader.ReadAsync(cancellationToken))
            {
                return;
            }
        }

        await using var create = connection.CreateCommand();
        create.CommandText = $"CREATE DATABASE \"{database.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        try
        {
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException exception) when (
            exception.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
        }
    }
}
