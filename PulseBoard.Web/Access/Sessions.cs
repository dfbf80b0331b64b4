using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Options;
using PulseBoard.ServiceDefaults;
using PulseBoard.ServiceDefaults.Access;

namespace PulseBoard.Web.Access;

/// <summary>Sessions of people who signed in: a cookie, bound to the password it was given for.</summary>
internal sealed class Sessions(IOptions<AccessOptions> access, IOptions<SignInOptions> signIn) : IConfigureNamedOptions<CookieAuthenticationOptions>
{
    public const string SignInPath = "/sign-in";
    public const string ReturnParameter = "returnUrl";

    private const string CookieName = "pulseboard";
    private const string PasswordClaim = "pulseboard:password";

    private readonly string _passwordMark = MarkOf(access.Value.SignInPassword ?? "");

    public void Configure(string? name, CookieAuthenticationOptions options)
    {
        options.Cookie.Name = CookieName;
        options.Cookie.HttpOnly = true;
        // Not Strict, with which a link to the board in a chat would ask for the password again.
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = signIn.Value.SessionLifetime;
        options.SlidingExpiration = true;
        options.Events.OnValidatePrincipal = ValidateAsync;
        options.Events.OnRedirectToLogin = context => ChallengeAsync(context.HttpContext);
    }

    public void Configure(CookieAuthenticationOptions options) => Configure(null, options);

    /// <summary>Somebody who has just said the password.</summary>
    public ClaimsPrincipal NewSession() =>
        new(new ClaimsIdentity([new(PasswordClaim, _passwordMark)], CookieAuthenticationDefaults.AuthenticationScheme));

    private async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        // Another password ends the sessions of the one before.
        if (access.Value.SignInPassword is not { Length: > 0 } || context.Principal?.FindFirstValue(PasswordClaim) != _passwordMark)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync();
        }
    }

    private static async Task ChallengeAsync(HttpContext context)
    {
        var request = context.Request;

        if (context.Features.Get<IStatusCodeReExecuteFeature>() is { } original)
        {
            // It was refused already, and only the page that would say so needs a session.
            context.Response.StatusCode = original.OriginalStatusCode;
        }
        else if (HttpMethods.IsGet(request.Method) && request.GetTypedHeaders().Accept.Any(type => type.MediaType == "text/html"))
        {
            var wanted = $"{request.Path}{request.QueryString}";
            context.Response.Redirect(wanted == "/" ? SignInPath : SignInPath + QueryString.Create(ReturnParameter, wanted));
        }
        else
        {
            await Problems.Problem(
                StatusCodes.Status401Unauthorized, AccessProblems.CredentialsMissing, $"Sign in at {SignInPath} first.").ExecuteAsync(context);
        }
    }

    /// <summary>What tells one password from another, and nothing else about it.</summary>
    private static string MarkOf(string password) =>
        Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(password), "PulseBoard session"u8));
}
