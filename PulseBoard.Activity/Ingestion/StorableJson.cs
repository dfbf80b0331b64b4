using System.Text.Json;
using System.Text.Unicode;

namespace PulseBoard.Activity.Ingestion;

/// <summary>
/// JSON that Postgres can store as <c>jsonb</c>. What it cannot is told before a commit is tried: there it would cost the
/// neighbours of the event another attempt.
/// </summary>
internal static class StorableJson
{
    // Postgres itself takes 131,072 digits before the point and 16,383 behind it, which no reader of JSON has a use for.
    private const int LongestNumber = 1_000;
    private const int GreatestExponent = 1_000;

    /// <summary>What a JSON value has that cannot be stored, or null.</summary>
    /// <param name="json">Valid JSON, but for its text.</param>
    public static string? WhyNot(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            return "is not valid UTF-8";
        }

        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.String or JsonTokenType.PropertyName when reader.ValueIsEscaped && !IsText(ref reader):
                    return "has a NUL character or half of a surrogate pair, which cannot be stored";
                case JsonTokenType.Number when !IsInRange(reader.ValueSpan):
                    return $"has a number of more than {LongestNumber} characters, or with an exponent beyond {GreatestExponent}";
            }
        }

        return null;
    }

    private static bool IsText(ref Utf8JsonReader reader)
    {
        try
        {
            return !reader.GetString()!.Contains('\0', StringComparison.Ordinal);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static bool IsInRange(ReadOnlySpan<byte> number)
    {
        var e = number.IndexOfAny((byte)'e', (byte)'E');
        return number.Length <= LongestNumber
            && (e < 0 || (int.TryParse(number[(e + 1)..], out var exponent) && Math.Abs((long)exponent) <= GreatestExponent));
    }
}
