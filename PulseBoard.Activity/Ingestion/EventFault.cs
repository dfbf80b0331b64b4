namespace PulseBoard.Activity.Ingestion;

/// <summary>Why an event cannot be taken. The codes are part of the API: they are never renamed.</summary>
/// <param name="Code">Stable, snake_case.</param>
/// <param name="Detail">What is wrong and what would be right, for a person.</param>
/// <param name="Field">The field at fault, or null when it is the event as a whole.</param>
internal sealed record EventFault(string Code, string Detail, string? Field = null)
{
    public const string InvalidJson = "invalid_json";
    public const string NotAnObject = "event_not_object";
    public const string TooLarge = "event_too_large";
    public const string Required = "required";
    public const string NotText = "not_text";
    public const string TooLong = "too_long";
    public const string NotStorable = "not_storable";
    public const string NotAnObjectField = "not_object";
    public const string NotUuid = "not_uuid";
    public const string NotTimestamp = "not_timestamp";
    public const string OutOfRange = "out_of_range";
    public const string Full = "ingestion_full";
    public const string Unavailable = "storage_unavailable";

    /// <summary>What a result other than stored and duplicate is to the client.</summary>
    public static EventFault Of(WriteResult result) => result switch
    {
        WriteResult.NotStorable => new(NotStorable, "'data' has something that Postgres cannot store.", "data"),
        WriteResult.Full => new(Full, "Too many events wait to be stored. This one was not taken: send it again."),
        _ => new(Unavailable, "The database cannot be reached. Send the event again, with the same event_id so that it cannot count twice."),
    };
}
