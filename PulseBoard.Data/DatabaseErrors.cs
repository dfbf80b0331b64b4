using Npgsql;

namespace PulseBoard.Data;

/// <summary>What an error of Postgres means for whoever tried.</summary>
public static class DatabaseErrors
{
    /// <summary>The data themselves cannot be stored (SQLSTATE classes 22 and 23): trying again gives the same.</summary>
    /// <param name="exception">The error.</param>
    public static bool IsOfTheData(Exception exception) =>
        exception is PostgresException { SqlState: ['2', '2' or '3', ..] };

    /// <summary>The transaction lost against another one (class 40, a serialization failure or a deadlock): trying again at once may well go through.</summary>
    /// <param name="exception">The error.</param>
    public static bool IsConflict(Exception exception) =>
        exception is PostgresException { SqlState: ['4', '0', ..] };

    /// <summary>
    /// Postgres is away, starting, stopping or out of means: nothing is known of what was sent last, and it may be tried again
    /// later.
    /// </summary>
    /// <param name="exception">The error.</param>
    public static bool IsOutage(Exception exception) => exception switch
    {
        // 08 connection, 53 resources, 57 operator intervention, 58 system: the server's own troubles.
        PostgresException { SqlState: ['0', '8', ..] or ['5', '3' or '7' or '8', ..] } => true,
        PostgresException => false,
        NpgsqlException or TimeoutException or IOException => true,
        // Entity Framework wraps what it takes for transient.
        InvalidOperationException { InnerException: { } inner } => IsOutage(inner),
        _ => false,
    };

    /// <summary>Postgres did not answer in time: it hangs, or what was asked of it is too much at once.</summary>
    /// <param name="exception">The error.</param>
    public static bool IsTimeout(Exception exception) =>
        exception is TimeoutException or NpgsqlException { InnerException: TimeoutException };
}
