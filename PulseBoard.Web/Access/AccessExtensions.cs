using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using PulseBoard.ServiceDefaults;
using PulseBoard.ServiceDefaults.Access;

namespace PulseBoard.Web.Access;

/// <summary>The door: without a session nothing opens but the sign-in, what it looks like, and what has keys of its own.</summary>
internal static class AccessExtensions
{
    public static void AddAccess(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;

        builder.AddSessionKeys();
        builder.AddTrustedProxies();
        services.AddAccessSecrets<AccessOptions>();
        services.AddValidatedOptions<SignInOptions>(SignInOptions.SectionName);
        services.AddSingleton<SignInThrottle>();
        services.AddSingleton<SignIn>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<IConfigureOptions<CookieAuthenticationOptions>>(provider => provider.GetRequiredService<Sessions>());

        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(
            context => context.Resource is HttpContext http && SignIn.IsNeedless(http)).Build());
        services.AddCascadingAuthenticationState();
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "pulseboard-antiforgery";
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
    }

    public static void UseAccess(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
    }
}
