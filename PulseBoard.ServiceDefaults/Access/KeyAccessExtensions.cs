using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace PulseBoard.ServiceDefaults.Access;

/// <summary>Closes a service to callers without a key.</summary>
public static class KeyAccessExtensions
{
    /// <summary>
    /// Asks for a key wherever an endpoint does not say otherwise (<c>AllowAnonymous</c>), so that nobody needs to remember it for
    /// a new one. In Development, requests from the same machine need none.
    /// </summary>
    /// <typeparam name="TKeys">The service's keys, and which of them opens what.</typeparam>
    /// <typeparam name="TOptions">The secrets that the keys are made of.</typeparam>
    /// <param name="builder">The service's builder.</param>
    public static void AddKeyAccess<TKeys, TOptions>(this IHostApplicationBuilder builder)
        where TKeys : class, IAccessKeys
        where TOptions : class
    {
        var services = builder.Services;

        services.AddAccessSecrets<TOptions>();
        services.AddSingleton<IAccessKeys, TKeys>();
        services.AddAuthentication(KeyAuthenticationHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, KeyAuthenticationHandler>(KeyAuthenticationHandler.SchemeName, null);
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().AddRequirements(new KeyRequirement()).Build());
        services.AddSingleton<IAuthorizationHandler, KeyRequirementHandler>();
    }

    /// <summary>Comes after the handling of errors, and before what it protects.</summary>
    /// <param name="app">The service.</param>
    public static void UseKeyAccess(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
    }

    private sealed class KeyRequirement : IAuthorizationRequirement;

    private sealed class KeyRequirementHandler(IAccessKeys keys) : AuthorizationHandler<KeyRequirement>
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, KeyRequirement requirement)
        {
            if (context.Resource is HttpContext http
                && (LocalDevelopment.Includes(http) || keys.Opening(http.Request).Any(key => key.IsHeldBy(context.User))))
            {
                context.Succeed(requirement);
            }

            return Task.CompletedTask;
        }
    }
}
