namespace PulseBoard.Bench.Faults;

/// <summary>How a request can fail, in the words of the table: the status and the code of the problem, or that nobody answered.</summary>
internal static class Refusals
{
    /// <summary>The connection was refused or broken, or the client's patience ended.</summary>
    public const string NoAnswer = "no answer";

    /// <summary>Postgres could not take it.</summary>
    public const string StorageUnavailable = "503 storage_unavailable";

    /// <summary>Too much waits, or the service is stopping.</summary>
    public const string IngestionFull = "503 ingestion_full";

    /// <summary>The same of an event whose neighbours in a batch were stored.</summary>
    public const string PartlyUnavailable = "207 storage_unavailable";

    /// <summary>It can never be stored.</summary>
    public const string NotStorable = "400 not_storable";

    /// <summary>The same of an event whose neighbours in a batch were stored.</summary>
    public const string PartlyNotStorable = "207 not_storable";
}
