using System.Text.Json;

namespace PulseBoard.Bench.Load;

/// <summary>What an answer's body says.</summary>
internal static class AcceptedEvents
{
    /// <summary>How many events of a batch were accepted: not those that were there before, nor those that were rejected.</summary>
    /// <exception cref="InvalidDataException">The body does not say.</exception>
    public static int Count(in HttpAnswer answer)
    {
        // {"accepted":100,"duplicates":0,"rejected":0,"results":[…]}
        try
        {
            var reader = new Utf8JsonReader(answer.Body.Span);
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("accepted"u8) && reader.Read())
                {
                    return reader.GetInt32();
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException("The answer to a batch is not JSON as the API has it.", exception);
        }

        throw new InvalidDataException("The answer to a batch does not say how many events were accepted.");
    }

    /// <summary>What a refusal is called in the report: its status, and the problem's code where it has one.</summary>
    public static string NameOf(in HttpAnswer answer)
    {
        var status = $"HTTP {answer.Status}";
        try
        {
            using var problem = JsonDocument.Parse(answer.Body);
            return problem.RootElement.ValueKind == JsonValueKind.Object && problem.RootElement.TryGetProperty("code", out var code)
                ? $"{status} {code}"
                : status;
        }
        catch (JsonException)
        {
            return status;
        }
    }
}
