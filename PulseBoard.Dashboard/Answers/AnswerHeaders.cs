using System.Globalization;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using PulseBoard.Dashboard.Caching;

namespace PulseBoard.Dashboard.Answers;

/// <summary>The headers of an answer, and what a request's headers say about it.</summary>
internal static class AnswerHeaders
{
    /// <summary>Where the answer came from: <see cref="CacheStatus"/>.</summary>
    public const string CacheStatusName = "X-Cache-Status";

    /// <summary>The value of <c>Cache-Control</c>: a client keeps an answer for itself, and asks each time whether it still holds.</summary>
    public const string KeepAndAsk = "private, no-cache";

    // Nearly all answers are younger than this: their ages need no new text each time.
    private static readonly string[] Ages = [.. Enumerable.Range(0, 61).Select(age => age.ToString(CultureInfo.InvariantCulture))];

    /// <summary>Says what the body is. CSV is for saving: it has a file's name.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="format">Its format.</param>
    /// <param name="name">The file's name, without its extension: one of this program's own words.</param>
    public static void Describe(HttpResponse response, AnswerFormat format, string name)
    {
        response.ContentType = format.ContentType;
        if (format == AnswerFormat.Csv)
        {
            response.Headers.ContentDisposition = $"attachment; filename=\"{name}.{format.Extension}\"";
        }
    }

    /// <summary>Says where the answer came from, how old it is, and how to ask for a newer one.</summary>
    public static void Trace(HttpResponse response, ServedAnswer served, DateTimeOffset now)
    {
        var age = Math.Max(0, (long)(now - served.Answer.ComputedAt).TotalSeconds);
        var headers = response.Headers;
        headers[CacheStatusName] = served.Status;
        headers.Age = age < Ages.Length ? Ages[age] : age.ToString(CultureInfo.InvariantCulture);
        headers.CacheControl = KeepAndAsk;
        headers.ETag = served.Answer.ETag;
    }

    /// <summary>Whether the client has an answer already (RFC 9110, section 13.1.2: a weak comparison).</summary>
    /// <param name="ifNoneMatch">The values of <c>If-None-Match</c>.</param>
    /// <param name="etag">The answer's.</param>
    public static bool Matches(StringValues ifNoneMatch, string etag)
    {
        if (ifNoneMatch.Count == 0)
        {
            return false;
        }

        if (ifNoneMatch.Count == 1 && (ifNoneMatch[0] == etag || ifNoneMatch[0] == "*"))
        {
            return true;
        }

        if (!EntityTagHeaderValue.TryParseList(ifNoneMatch, out var tags))
        {
            return false;
        }

        foreach (var tag in tags)
        {
            if (tag.Tag.Equals(etag, StringComparison.Ordinal) || tag.Equals(EntityTagHeaderValue.Any))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a client takes an answer that is a little behind: not one that says <c>no-cache</c> or <c>max-age=0</c>.</summary>
    /// <param name="cacheControl">The values of the request's <c>Cache-Control</c>.</param>
    public static bool AllowsStale(StringValues cacheControl) =>
        cacheControl.Count == 0
        || !CacheControlHeaderValue.TryParse(cacheControl.ToString(), out var asked)
        || !(asked.NoCache || asked.NoStore || asked.MaxAge == TimeSpan.Zero);
}
