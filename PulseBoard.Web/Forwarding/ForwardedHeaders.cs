using System.Diagnostics;
using System.Net.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace PulseBoard.Web.Forwarding;

/// <summary>Decides which headers travel on: all but those that belong to one connection (RFC 9110, section 7.6.1).</summary>
internal static class ForwardedHeaders
{
    private const string ForwardedFor = "X-Forwarded-For";
    private const string ForwardedProto = "X-Forwarded-Proto";
    private const string ForwardedHost = "X-Forwarded-Host";

    private static readonly HashSet<string> HopByHop = new(StringComparer.OrdinalIgnoreCase)
    {
        HeaderNames.Connection, HeaderNames.KeepAlive, HeaderNames.ProxyAuthenticate, HeaderNames.ProxyAuthorization,
        HeaderNames.ProxyConnection, HeaderNames.TE, HeaderNames.Trailer, HeaderNames.TransferEncoding, HeaderNames.Upgrade,
    };

    /// <summary>
    /// Between the client and this server: the name it was called by, its session, and Expect, which is written anew where needed.
    /// </summary>
    private static readonly HashSet<string> OfThisServer = new(StringComparer.OrdinalIgnoreCase)
    {
        HeaderNames.Host, HeaderNames.Cookie, HeaderNames.Expect,
    };

    /// <summary>What only a proxy may say of a request, and a client's own word is not to be trusted on.</summary>
    private static readonly string[] ProxyPrefixes = ["Forwarded", "X-Forwarded-", "X-Original-", "X-Real-IP"];

    public static void CopyToUpstream(HttpRequest source, HttpRequestMessage target)
    {
        var connectionOptions = source.Headers.GetCommaSeparatedValues(HeaderNames.Connection);

        foreach (var (name, values) in source.Headers)
        {
            if (HopByHop.Contains(name) || OfThisServer.Contains(name) || IsOfAProxy(name) || IsTracePropagation(name)
                || connectionOptions.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                continue;
            }

            if (!target.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                target.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        // The other end of the connection: the client, or the last proxy where one stands before this server.
        target.Headers.TryAddWithoutValidation(ForwardedFor, source.HttpContext.Connection.RemoteIpAddress?.ToString());
        target.Headers.TryAddWithoutValidation(ForwardedProto, source.Scheme);
        target.Headers.TryAddWithoutValidation(ForwardedHost, source.Host.Value);
    }

    public static void CopyToClient(HttpResponseMessage source, HttpResponse target)
    {
        Copy(source.Headers);
        Copy(source.Content.Headers);

        void Copy(HttpHeaders headers)
        {
            foreach (var (name, values) in headers.NonValidated)
            {
                if (!HopByHop.Contains(name) && !source.Headers.Connection.Contains(name, StringComparer.OrdinalIgnoreCase))
                {
                    target.Headers.Append(name, values.ToArray());
                }
            }
        }
    }

    private static bool IsOfAProxy(string name) =>
        ProxyPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>The request's activity continues the client's trace, and the HTTP handler sends that activity's context on.</summary>
    private static bool IsTracePropagation(string name) =>
        Activity.Current is not null && DistributedContextPropagator.Current.Fields.Contains(name, StringComparer.OrdinalIgnoreCase);
}
