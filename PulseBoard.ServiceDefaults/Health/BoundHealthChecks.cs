using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace PulseBoard.ServiceDefaults.Health;

/// <summary>Puts a limit on every registered check, whoever registered it.</summary>
internal sealed class BoundHealthChecks(IOptions<ServiceDefaultsOptions> defaults, IServiceScopeFactory scopes, TimeProvider time)
    : IPostConfigureOptions<HealthCheckServiceOptions>
{
    public void PostConfigure(string? name, HealthCheckServiceOptions options)
    {
        foreach (var registration in options.Registrations)
        {
            var limit = registration.Timeout == Timeout.InfiniteTimeSpan ? defaults.Value.HealthCheckTimeout : registration.Timeout;
            var bounded = new BoundedHealthCheck(registration.Factory, limit, scopes, time);

            registration.Factory = _ => bounded;
            // The limit lives in the wrapper: the framework's own only asks a check to stop.
            registration.Timeout = Timeout.InfiniteTimeSpan;
        }
    }
}
