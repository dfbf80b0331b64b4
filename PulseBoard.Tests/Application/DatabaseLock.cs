using Npgsql;

namespace PulseBoard.Tests.Application;

/// <summary>A transaction of a test's own that holds a lock, so that the services wait where the test wants them to.</summary>
internal static class DatabaseLock
{
    /// <summary>No event is stored while it is held.</summary>
    public const string OfEvents = "LOCK TABLE events IN EXCLUSIVE MODE";

    /// <summary>No event of a person is counted while it is held.</summary>
    public const string OfRollups = "SELECT FROM daily_user_metrics WHERE user_id = $1 FOR UPDATE";

    /// <summary>Takes a lock.</summary>
    /// <param name="application">Whose database.</param>
    /// <param name="sql">The statement that locks.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <returns>The connection; disposing of it releases the lock.</returns>
    public static async Task<NpgsqlConnection> TakeAsync(PulseBoardApplication application, string sql, params object[] parameters)
    {
        var connection = new NpgsqlConnection(await application.ConnectionStringAsync("pulseboard-db") + ";Pooling=false");
        await connection.OpenAsync();
        await connection.BeginTransactionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new() { Value = parameter });
        }

        await command.ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>Waits until sessions of a service wait for a lock.</summary>
    /// <param name="application">Whose database.</param>
    /// <param name="service">The service.</param>
    /// <param name="sessions">How many sessions.</param>
    public static Task HoldsUpAsync(PulseBoardApplication application, string service, long sessions) => Eventually.BecomesAsync(
        $"{sessions} sessions of {service} to wait for the lock",
        () => application.QueryAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE application_name = $1 AND wait_event_type = 'Lock'", service),
        blocked => blocked == sessions);
}
