using Microsoft.AspNetCore.Http.Features;

namespace PulseBoard.Dashboard.People;

/// <summary>A person's or a team's name as the last part of a path.</summary>
internal static class PathName
{
    /// <summary>
    /// Reads it. The server leaves an escaped slash as it is, so that in a decoded path <c>a%2Fb</c> may mean two names: then the
    /// request line tells which.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="decoded">What routing found.</param>
    public static string Read(HttpContext context, string decoded)
    {
        if (!decoded.Contains('%', StringComparison.Ordinal))
        {
            return decoded;
        }

        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var path = target.Split('?', 2)[0].TrimEnd('/');
        return Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
    }
}
