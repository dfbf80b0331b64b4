using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;

namespace PulseBoard.Web.Access;

/// <summary>What a page does about its session.</summary>
internal static class SessionApi
{
    public static void MapSessionApi(this IEndpointRouteBuilder endpoints)
    {
        // Asked by an open page now and then: it keeps the session, and learns when there is none any more.
        endpoints.MapGet("/session", () => TypedResults.NoContent());

        // Also for who has no session: another page may have ended it.
        endpoints.MapPost("/sign-out", SignOutAsync).AllowAnonymous();
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, IAntiforgery antiforgery)
    {
        if (context.User.Identity is { IsAuthenticated: true })
        {
            if (!await antiforgery.IsRequestValidAsync(context))
            {
                // No page of this server asked for it, or an outdated one: the board has a button that works.
                return TypedResults.LocalRedirect("/");
            }

            await context.SignOutAsync();
        }

        return TypedResults.LocalRedirect($"{Sessions.SignInPath}?signedOut=true");
    }
}
