using PulseBoard.Contracts;

namespace PulseBoard.Activity.Ingestion;

/// <summary>Why a request is refused as a whole. The codes are part of the API: they are never renamed.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">Stable, snake_case.</param>
/// <param name="Detail">What is wrong and what would be right, for a person.</param>
/// <param name="Field">The field at fault, where it is one.</param>
internal sealed record Refusal(int Status, string Code, string Detail, string? Field = null)
{
    public const string UnsupportedMediaType = "unsupported_media_type";
    public const string UnsupportedEncoding = "unsupported_content_encoding";
    public const string InvalidEncoding = "invalid_content_encoding";
    public const string BrokenOff = "body_incomplete";
    public const string BatchTooLarge = "batch_too_large";
    public const string TooManyEvents = "too_many_events";
    public const string TooManyBatches = "too_many_batches";
    public const string NotABatch = "not_a_batch";
    public const string NoEvents = "no_events";
    public const string NoneTaken = "no_event_taken";
    public const string NotFound = "event_not_found";

    /// <summary>All that is wrong with a single event; null where it is none.</summary>
    public IReadOnlyList<EventFault>? Faults { get; init; }

    /// <summary>What became of the events of a batch of which none was taken; null where it is no such batch.</summary>
    public ActivityBatchReceipt? Receipt { get; init; }

    /// <summary>Whether sending the same again later may help.</summary>
    public bool MayPass => Status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable;

    /// <summary>A single event with faults: the first speaks, all are listed beside it.</summary>
    public static Refusal Of(IReadOnlyList<EventFault> faults) =>
        new(StatusCodes.Status400BadRequest, faults[0].Code, faults[0].Detail, faults[0].Field) { Faults = faults };

    /// <summary>A single event that was not stored.</summary>
    public static Refusal Of(WriteResult result)
    {
        var fault = EventFault.Of(result);
        return result == WriteResult.NotStorable ? Of([fault]) : new(StatusCodes.Status503ServiceUnavailable, fault.Code, fault.Detail);
    }

    /// <summary>What reading a body failed with, where the client is to be told.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="tooLarge">The answer to a body over the limit.</param>
    public static Refusal? OfBody(Exception exception, Refusal tooLarge) => exception switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => tooLarge,
        BadHttpRequestException broken => new(broken.StatusCode, BrokenOff, "The body ended before it was complete. Nothing was taken: send it again."),
        // .NET's brotli says it with the second of them.
        InvalidDataException or InvalidOperationException or ZstdSharp.ZstdException => new(
            StatusCodes.Status400BadRequest, InvalidEncoding, "The body is not packed as its header Content-Encoding says, or broke off. Nothing was taken."),
        _ => null,
    };
}
