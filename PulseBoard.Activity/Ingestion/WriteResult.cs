namespace PulseBoard.Activity.Ingestion;

/// <summary>What became of one event.</summary>
internal enum WriteResult
{
    /// <summary>Committed by this request.</summary>
    Stored,

    /// <summary>An event of this id was committed before; nothing changed.</summary>
    Duplicate,

    /// <summary>Postgres will not take its data, now or later.</summary>
    NotStorable,

    /// <summary>Too many events wait already. It was not stored.</summary>
    Full,

    /// <summary>Postgres is away. Whether it was stored is not known; sending it again with its id is safe.</summary>
    Unavailable,
}
