namespace PulseBoard.Data;

/// <summary>What a service does on its connections to the database, and what can therefore be spared.</summary>
[Flags]
public enum DatabaseUse
{
    /// <summary>Nothing is known of it.</summary>
    Any = 0,

    /// <summary>
    /// Every statement finds its rows by an index, however small the tables were when its plan was made: Postgres need not consider
    /// reading whole tables.
    /// </summary>
    ByIndex = 1,

    /// <summary>
    /// No statement leaves anything behind in the session (a setting, a lock, a temporary table): a connection that comes back to
    /// the pool need not be reset, which would be six statements more in each commit.
    /// </summary>
    WithoutSessionState = 2,
}
