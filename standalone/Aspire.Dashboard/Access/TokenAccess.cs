using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Aspire.Dashboard.Pages;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Dashboard.Access;

/// <summary>Who has the token that the host printed is let in; a cookie stands for it, as long as the host lives.</summary>
internal static class TokenAccess
{
    public const string LoginPath = "/login";
    public const string TokenName = "t";

    private const string CookieName = ".PulseBoard.DeveloperDashboard";

    public static void AddTokenAccess(this IServiceCollection services)
    {
        // Keys of this process alone: with it goes every cookie.
        services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        services.AddAuthorization();
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(options =>
        {
            options.Cookie.Name = CookieName;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.ExpireTimeSpan = TimeSpan.FromDays(3);
            options.LoginPath = LoginPath;
            options.ReturnUrlParameter = "returnUrl";
            options.Events.OnRedirectToLogin = context =>
            {
                // A script is told, a person is taken there.
                if (context.Request.Path.StartsWithSegments("/api"))
                {
                    return Problems.Of(StatusCodes.Status401Unauthorized, "signed_out", "Sign in with the link that the host printed on its console.")
                        .ExecuteAsync(context.HttpContext);
                }

                context.Response.Redirect(context.RedirectUri);
                return Task.CompletedTask;
            };
        });
    }

    public static void MapLogin(this IEndpointRouteBuilder app) => app.MapGet(LoginPath, LogInAsync);

    // The token comes in a link, which is how it gets from a console to a browser; it is gone from the address at once.
    private static async Task LogInAsync(HttpContext context, DashboardOptions options, EmbeddedPages pages, string? t, string? returnUrl)
    {
        if (t is null)
        {
            await pages.WriteAsync(context, "login.html");
            return;
        }

        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(t), Encoding.UTF8.GetBytes(options.Token)))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            await pages.WriteAsync(context, "login.html");
            return;
        }

        var identity = new ClaimsIdentity([new(ClaimTypes.Name, "developer")], CookieAuthenticationDefaults.AuthenticationScheme);
        await context.SignInAsync(new ClaimsPrincipal(identity));
        await Results.LocalRedirect(IsLocal(returnUrl) ? returnUrl! : "/").ExecuteAsync(context);
    }

    private static bool IsLocal(string? url) => url is ['/', not ('/' or '\\'), ..] or "/";
}
