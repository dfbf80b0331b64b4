using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PulseBoard.ServiceDefaults;

/// <summary>Says which dependencies a service can do its job without.</summary>
public static class DegradedHealthChecks
{
    /// <summary>
    /// Makes these checks report <c>Degraded</c> where they would report <c>Unhealthy</c>, so that <c>/health</c> goes on
    /// answering 200 while their dependency is away. The order in which checks are registered does not matter.
    /// </summary>
    /// <param name="services">The service's services.</param>
    /// <param name="healthChecks">
    /// Names of health checks, such as <c>StackExchange.Redis</c>, <c>RabbitMQ.Client</c> or MassTransit's <c>masstransit-bus</c>.
    /// </param>
    /// <returns>The same services.</returns>
    /// <exception cref="InvalidOperationException">When the health endpoints are mapped: there is no check of that name.</exception>
    public static IServiceCollection DegradeWithout(this IServiceCollection services, params string[] healthChecks)
    {
        // After every Configure, and so after MassTransit's too: it adds its check through one. Its check never reports worse
        // than the registration's failure status.
        return services.PostConfigure<HealthCheckServiceOptions>(options =>
        {
            foreach (var name in healthChecks)
            {
                var registration = options.Registrations.SingleOrDefault(registration => registration.Name == name)
                    ?? throw new InvalidOperationException(
                        $"There is no health check '{name}'. There are: {string.Join(", ", options.Registrations.Select(check => check.Name))}.");

                registration.FailureStatus = HealthStatus.Degraded;
            }
        });
    }
}
