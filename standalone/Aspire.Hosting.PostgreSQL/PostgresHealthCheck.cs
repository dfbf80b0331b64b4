using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Aspire.Hosting.Standalone;

/// <summary>Healthy while a connection to the database can be opened.</summary>
internal sealed class PostgresHealthCheck(ReferenceExpression connectionString, string database) : IHealthCheck
{
    /// <summary>The database that every server has.</summary>
    public const string MaintenanceDatabase = "postgres";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var connection = await OpenAsync(connectionString, database, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, exception.Message, exception);
        }
    }

    internal static async Task<NpgsqlConnection> OpenAsync(
        ReferenceExpression connectionString, string database, CancellationToken cancellationToken)
    {
        // Without a pool: a pooled connection would outlive the server that it was opened to.
        var settings = new NpgsqlConnectionStringBuilder(await connectionString.GetValueAsync(cancellationToken))
        {
            Database = database,
            Pooling = false,
        };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
