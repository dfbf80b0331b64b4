using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using PulseBoard.ServiceDefaults;
using PulseBoard.ServiceDefaults.Access;

namespace PulseBoard.Web.Access;

/// <summary>
/// What a session may ask of the Dashboard: to read, with this server's own key. A verb that may change something takes more than
/// a cookie, which a browser sends along whoever made it ask.
/// </summary>
internal sealed class ReadAccess(IOptions<AccessOptions> options)
{
    /// <summary>Lends the key to a request that may have it.</summary>
    /// <returns>The refusal, or null where the request is to go on to the Dashboard.</returns>
    public ProblemHttpResult? Refuse(HttpContext context)
    {
        var request = context.Request;

        if (request.Headers.Authorization.Count > 0 || LocalDevelopment.Includes(context))
        {
            return null;
        }

        if (context.User.Identity is not { IsAuthenticated: true })
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Problems.Problem(
                StatusCodes.Status401Unauthorized,
                AccessProblems.CredentialsMissing,
                "Sign in at /sign-in, or send a key of the Dashboard with the header 'Authorization: Bearer <read key>'.");
        }

        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            return Problems.Problem(
                StatusCodes.Status403Forbidden,
                AccessProblems.CredentialsInsufficient,
                "Who is signed in may read. For anything else, send the header 'Authorization: Bearer <administrator token>'.");
        }

        if (options.Value.ReadKey is { Length: > 0 } key)
        {
            request.Headers.Authorization = $"Bearer {key}";
        }

        return null;
    }
}
