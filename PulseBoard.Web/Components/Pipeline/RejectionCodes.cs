namespace PulseBoard.Web.Components.Pipeline;

/// <summary>Why Activity refuses events, in a few words each; its answers say it in full.</summary>
internal static class RejectionCodes
{
    private static readonly Dictionary<string, string> Meanings = new(StringComparer.Ordinal)
    {
        ["invalid_json"] = "The body is not JSON.",
        ["event_not_object"] = "An event is JSON, but no object.",
        ["event_too_large"] = "An event has more bytes than one may have.",
        ["required"] = "'user' or 'type' is missing or empty.",
        ["not_text"] = "'user' or 'type' is no text.",
        ["too_long"] = "'user' or 'type' has too many characters.",
        ["not_storable"] = "Something in it cannot be stored, such as a NUL character.",
        ["not_object"] = "'data' is no JSON object.",
        ["not_uuid"] = "'event_id' is no UUID.",
        ["not_timestamp"] = "'timestamp' is no ISO 8601 date and time.",
        ["out_of_range"] = "'timestamp' lies in the future, or before 1970.",
        ["ingestion_full"] = "Too many events waited to be stored. The sender was told to try again.",
        ["storage_unavailable"] = "The database was away. The sender was told to try again.",
        ["unsupported_media_type"] = "The request did not say that it is JSON.",
        ["unsupported_content_encoding"] = "The body was packed in a way that is not known.",
        ["invalid_content_encoding"] = "The body was not packed as its header said.",
        ["body_incomplete"] = "The request broke off.",
        ["batch_too_large"] = "A batch has more bytes than one may have.",
        ["too_many_events"] = "A batch has more events than one may have.",
        ["too_many_batches"] = "Too many batches came at once. The sender was told to try again.",
        ["not_a_batch"] = "A batch is neither a JSON array nor one object a line.",
        ["no_events"] = "A batch without an event.",
    };

    /// <summary>What a code means; null where nobody has said it here.</summary>
    public static string? MeaningOf(string code) => Meanings.GetValueOrDefault(code);
}
