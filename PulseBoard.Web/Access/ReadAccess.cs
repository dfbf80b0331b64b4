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
    private const string AskForToken =
        "This request needs the administrator token. Send it with the header 'Authorization: Bearer <administrator token>'; deploy/.env has it.";

    /// <summary>Lends the key to a request that may have it.</summary>
    /// <returns>The refusal, or null where the request is to go on to the Dashboard.</returns>
    public ProblemHttpResult? Refuse(HttpContext context)
    {
        var request = context.Request;

        if (request.Headers.Authorization.Count > 0 || LocalDevelopment.Includes(context))
        {
            return null;
        }

        var reads = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

        if (context.User.Identity is not { IsAuthenticated: true })
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Problems.Problem(
                StatusCodes.Status401Unauthorized,
                AccessProblems.CredentialsMissing,
                reads
                    ? $"Sign in at {Sessions.SignInPath}, or send the header 'Authorization: Bearer <read key>'; deploy/.env has the key."
                    : AskForToken);
        }

        if (!reads)
        {
            return Problems.Problem(
                StatusCodes.Status403Forbidden, AccessProblems.CredentialsInsufficient, $"Who is signed in may read. {AskForToken}");
        }

        if (options.Value.ReadKey is { Length: > 0 } key)
        {
            request.Headers.Authorization = $"Bearer {key}";
        }

        return null;
    }
}
