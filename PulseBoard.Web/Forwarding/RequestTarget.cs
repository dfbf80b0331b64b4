using System.Diagnostics.CodeAnalysis;

namespace PulseBoard.Web.Forwarding;

/// <summary>What a client asked for, as it asked: an address that is decoded and written anew may come to mean another path.</summary>
internal static class RequestTarget
{
    private const string Prefix = "/api/";

    /// <summary>The checks that this turns off would unescape the path and take its dot segments out once more.</summary>
    private static readonly UriCreationOptions AsItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>
    /// The same path and query at an API. The API's own scheme, host and port come first, and a slash follows, so that nothing a
    /// client sends can name another server.
    /// </summary>
    /// <param name="rawTarget">The target of the request line, in origin form or absolute form (RFC 9112, section 3.2).</param>
    /// <param name="api">The API's address.</param>
    /// <param name="address">Where to send the request on to.</param>
    /// <returns>False where the target is not literally below <c>/api/</c>, which the server's decoded path may still be.</returns>
    public static bool TryRedirect(string rawTarget, Uri api, [NotNullWhen(true)] out Uri? address)
    {
        var pathAndQuery = PathAndQuery(rawTarget);
        address = pathAndQuery.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            ? new Uri(string.Concat(api.GetLeftPart(UriPartial.Authority), pathAndQuery), AsItIs)
            : null;

        return address is not null;
    }

    private static ReadOnlySpan<char> PathAndQuery(ReadOnlySpan<char> rawTarget)
    {
        if (rawTarget is ['/', ..] || rawTarget.IndexOf(Uri.SchemeDelimiter, StringComparison.Ordinal) is not (>= 0 and var delimiter))
        {
            return rawTarget;
        }

        var fromHost = rawTarget[(delimiter + Uri.SchemeDelimiter.Length)..];
        return fromHost.IndexOf('/') is >= 0 and var path ? fromHost[path..] : [];
    }
}
