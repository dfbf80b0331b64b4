using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using PulseBoard.Contracts;
using PulseBoard.ServiceDefaults;

namespace PulseBoard.Dashboard.Pipeline;

/// <summary>Reads a request for recomputation from JSON, or says what is wrong with it.</summary>
internal static class RecomputationReader
{
    private const string DayFormat = "yyyy-MM-dd";
    private const string FromField = "from";
    private const string ToField = "to";

    // No event is older, and beyond the last year nothing can be counted on.
    private static readonly DateOnly Earliest = DateOnly.FromDateTime(DateTime.UnixEpoch);
    private static readonly DateOnly Latest = new(9999, 12, 30);

    /// <summary>What a request can be refused for.</summary>
    public static ProblemHttpResult[] Refusals =>
    [
        NotObject,
        Missing(FromField),
        NotDate(FromField),
        OutOfRange(FromField),
        Reversed,
        TooLong,
        Invalid("invalid_json", "The body is not valid JSON."),
        JsonExpected,
    ];

    private static ProblemHttpResult JsonExpected => Problems.Problem(
        StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", "Send JSON, with the header 'Content-Type: application/json'.");

    private static ProblemHttpResult NotObject =>
        Invalid("not_object", """A request is a JSON object, such as {"from":"2026-11-01","to":"2026-11-30"}.""");

    private static ProblemHttpResult Reversed =>
        Invalid("range_reversed", "'to' is the last day of the range, and must not be before 'from'.", ToField);

    private static ProblemHttpResult TooLong =>
        Invalid("range_too_long", $"A range may have {RecomputationRequest.MaximumDays} days at most. Ask for it in several requests.", ToField);

    public static async Task<(RecomputationRequest? Request, ProblemHttpResult? Problem)> ReadAsync(
        HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
        {
            return (null, JsonExpected);
        }

        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, cancellationToken: cancellationToken);
            return Read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The latter for a text that is half of a surrogate pair.
            return (null, Invalid("invalid_json", $"The body is not valid JSON: {exception.Message}"));
        }
    }

    private static (RecomputationRequest? Request, ProblemHttpResult? Problem) Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return (null, NotObject);
        }

        if (ReadDay(body, FromField, out var from) is { } wrongFrom)
        {
            return (null, wrongFrom);
        }

        if (ReadDay(body, ToField, out var to) is { } wrongTo)
        {
            return (null, wrongTo);
        }

        if (to < from)
        {
            return (null, Reversed);
        }

        return to.DayNumber - from.DayNumber >= RecomputationRequest.MaximumDays
            ? (null, TooLong)
            : (new(from, to), null);
    }

    private static ProblemHttpResult? ReadDay(JsonElement body, string field, out DateOnly day)
    {
        day = default;
        if (!body.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return Missing(field);
        }

        if (value.ValueKind != JsonValueKind.String
            || !DateOnly.TryParseExact(value.GetString(), DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out day))
        {
            return NotDate(field);
        }

        return day < Earliest || day > Latest
            ? OutOfRange(field)
            : null;
    }

    private static ProblemHttpResult Missing(string field) => Invalid("required", $"'{field}' is missing: it takes a day, such as 2026-11-30.", field);

    private static ProblemHttpResult NotDate(string field) => Invalid("not_date", $"'{field}' must be a day, such as 2026-11-30.", field);

    private static ProblemHttpResult OutOfRange(string field) => Invalid(
        "out_of_range", string.Create(CultureInfo.InvariantCulture, $"'{field}' must lie between {Earliest:yyyy-MM-dd} and {Latest:yyyy-MM-dd}."), field);

    private static ProblemHttpResult Invalid(string code, string detail, string? field = null) =>
        Problems.Problem(StatusCodes.Status400BadRequest, code, detail, field);
}
