namespace PulseBoard.Analytics;

/// <summary>
/// Advisory locks of the database, by which one worker at a time does what only one may do. Postgres releases them when their
/// holder ends, however it ends; a holder that hangs is ended by a timeout of its session.
/// </summary>
internal static class AdvisoryLocks
{
    /// <summary>The first key of every lock of PulseBoard's own: whoever else locks in this database has another one.</summary>
    public const int Class = 0x5042;

    /// <summary>Mending rollups: two at once over the same days would both add what is missing.</summary>
    public const int Recomputation = 1;

    /// <summary>Checking rollups: two at once would tell the same twice.</summary>
    public const int Reconciliation = 2;

    /// <summary>Compacting what was counted: packed rows are read, changed and written by one transaction at a time.</summary>
    public const int Compaction = 3;
}
