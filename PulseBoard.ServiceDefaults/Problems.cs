using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;

namespace PulseBoard.ServiceDefaults;

/// <summary>
/// Problem details (RFC 9457) as every service answers them: the standard members, a stable <c>code</c> in snake_case that a
/// program can act on, the <c>field</c> at fault where there is one, and the <c>trace_id</c> to find the request by.
/// </summary>
public static class Problems
{
    internal const string CodeMember = "code";
    internal const string FieldMember = "field";
    internal const string TraceIdMember = "trace_id";

    /// <summary>An error answer.</summary>
    /// <param name="status">The HTTP status, 400 or above.</param>
    /// <param name="code">What went wrong, in snake_case; clients rely on it, so it never changes.</param>
    /// <param name="detail">What went wrong, for a person: what was expected rather than what was sent.</param>
    /// <param name="field">The request's field at fault, as it is named on the wire, such as <c>user</c> or <c>data.points</c>.</param>
    /// <returns>The result to return from an endpoint.</returns>
    public static ProblemHttpResult Problem(int status, string code, string detail, string? field = null)
    {
        var extensions = new Dictionary<string, object?> { [CodeMember] = code };
        if (field is not null)
        {
            extensions[FieldMember] = field;
        }

        return TypedResults.Problem(detail, statusCode: status, extensions: extensions);
    }

    /// <summary>The code of an error that nothing more is known about: 404 gives <c>not_found</c>, 500 <c>internal_error</c>.</summary>
    internal static string DefaultCode(int status)
    {
        return status == StatusCodes.Status500InternalServerError
            ? "internal_error"
            : ReasonPhrases.GetReasonPhrase(status).Replace(' ', '_').Replace('-', '_').ToLowerInvariant();
    }
}
