using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace PulseBoard.Dashboard.Answers;

/// <summary>Chooses the format that a request's <c>Accept</c> asks for (RFC 9110, section 12.5.1).</summary>
internal static class Negotiation
{
    /// <summary>
    /// The format of the highest quality; among equals the one that is named most precisely, then the preferred one. Where none
    /// is acceptable it is JSON all the same, as the RFC allows: a person with a browser is served better by it than by an error.
    /// </summary>
    /// <param name="accept">The header's values.</param>
    public static AnswerFormat Choose(StringValues accept)
    {
        // What nearly every client sends, without parsing.
        if (accept.Count == 0 || (accept.Count == 1 && accept[0] is null or "" or "*/*" or "application/json")
            || !MediaTypeHeaderValue.TryParseList(accept, out var ranges))
        {
            return AnswerFormat.Json;
        }

        var (best, bestQuality, bestPrecision) = (AnswerFormat.Json, 0.0, 0);
        foreach (var format in AnswerFormat.All)
        {
            var (quality, precision) = Rate(format, ranges);
            if (quality > bestQuality || (quality == bestQuality && quality > 0 && precision > bestPrecision))
            {
                (best, bestQuality, bestPrecision) = (format, quality, precision);
            }
        }

        return best;
    }

    // The most precise range that a format is in decides, whatever its quality: "text/csv;q=0, */*" is everything but CSV.
    private static (double Quality, int Precision) Rate(AnswerFormat format, IList<MediaTypeHeaderValue> ranges)
    {
        var (quality, precision) = (0.0, 0);
        foreach (var range in ranges)
        {
            var match = Precision(format, range);
            if (match > precision)
            {
                (quality, precision) = (range.Quality ?? 1, match);
            }
        }

        return (quality, precision);
    }

    private static int Precision(AnswerFormat format, MediaTypeHeaderValue range) => range switch
    {
        { MatchesAllTypes: true } => 1,
        _ when !range.Type.Equals(format.Type, StringComparison.OrdinalIgnoreCase) => 0,
        { MatchesAllSubTypes: true } => 2,
        _ when range.SubType.Equals(format.Subtype, StringComparison.OrdinalIgnoreCase) => 3,
        _ => 0,
    };
}
