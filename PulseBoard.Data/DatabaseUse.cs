namespace PulseBoard.Data;

/// <summary>What a service does on its connections to the database, and what can therefore be spared.</summary>
[Flags]
public enum DatabaseUse
{
    /// <summary>Nothing is known of it.</summary>
    Any = 0,

    /// <summary>
    /// Statements find their rows by an index, however small the tables were when a plan was made: Postgres is discouraged from
    /// reading whole tables, though never kept from it. Those that need much of a table, such as the checks of whole days, lose
    /// nothing by it: they read their days by an index on the time as well, and a whole table where no index serves.
    /// </summary>
    ByIndex = 1,

    /// <summary>
    /// No statement leaves anything behind in the session (a setting, a lock, a temporary table): a connection that comes back to
    /// the pool need not be reset, which would be six statements more in each commit.
    /// </summary>
    WithoutSessionState = 2,
}
