using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace PulseBoard.Data;

/// <summary>
/// Connections for SQL that is written out, for parts that live as long as the process. They come from the same pool as the
/// context's, and without its retry: who writes the SQL knows what may be tried again.
/// </summary>
/// <param name="scopes">Where the pooled contexts come from.</param>
public sealed class DatabaseConnections(IServiceScopeFactory scopes)
{
    /// <summary>Opens a connection; disposing of it returns it to the pool.</summary>
    /// <param name="cancellationToken">Ends the wait for a connection.</param>
    /// <exception cref="NpgsqlException">Postgres cannot be reached, or refuses.</exception>
    public async Task<DatabaseConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var scope = scopes.CreateAsyncScope();
        try
        {
            var context = scope.ServiceProvider.GetRequiredService<PulseBoardContext>();

            // Not through the context: it would go on trying for a minute while Postgres is away, and hide the error's kind.
            var npgsql = (NpgsqlConnection)context.Database.GetDbConnection();
            await npgsql.OpenAsync(cancellationToken);
            return new DatabaseConnection(scope, npgsql);
        }
        catch
        {
            await scope.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// A connection string with what the services' own SQL stands on: a bound on this process's share of the server's
    /// <c>max_connections</c>, statements prepared by use, limits on what a server that hangs can cost, and the service's name in
    /// <c>pg_stat_activity</c>.
    /// </summary>
    /// <param name="connectionString">The string that was configured, or null.</param>
    /// <param name="applicationName">The service's name.</param>
    /// <param name="maximumPoolSize">Most connections at once.</param>
    /// <param name="use">What the service does on its connections.</param>
    public static string? Tune(string? connectionString, string applicationName, int maximumPoolSize, DatabaseUse use = DatabaseUse.Any)
    {
        // The look of a costly plan would start a compiler, which takes longer than any statement here.
        const string NoCompiler = "-c jit=off";

        // A prepared statement keeps its plan until somebody analyzes its tables. Made while they were empty, as after an
        // installation, it would read all of a table that has long grown.
        const string PlansByIndex = "-c enable_seqscan=off";

        const int PreparedStatements = 16;
        const int ConnectSeconds = 5;
        const int CommandSeconds = 10;

        if (connectionString is null)
        {
            return null;
        }

        var tuned = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = applicationName,
            MaxPoolSize = maximumPoolSize,
            MaxAutoPrepare = PreparedStatements,
            Timeout = ConnectSeconds,
            CommandTimeout = CommandSeconds,
            NoResetOnClose = use.HasFlag(DatabaseUse.WithoutSessionState),
        };
        tuned.Options = $"{tuned.Options} {NoCompiler} {(use.HasFlag(DatabaseUse.ByIndex) ? PlansByIndex : "")}".Trim();

        return tuned.ConnectionString;
    }
}
