// Stands for OpenTelemetry.Extensions.Hosting 1.20.1: the builder, and the hosted service that starts the providers.

using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Extensions.Hosting.Implementation;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds OpenTelemetry to a host.</summary>
public static class OpenTelemetryServicesExtensions
{
    /// <summary>
    /// Makes the host start the telemetry providers that are configured on the returned builder. May be called any number of
    /// times: each call returns a builder over the same services.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <returns>A builder over <paramref name="services"/>.</returns>
    public static OpenTelemetryBuilder AddOpenTelemetry(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);

        if (!services.Any(service => service.ImplementationType == typeof(TelemetryHostedService)))
        {
            // First in line, so that what other hosted services do while starting is recorded.
            services.Insert(0, ServiceDescriptor.Singleton<IHostedService, TelemetryHostedService>());
        }

        return new OpenTelemetryBuilder(services);
    }
}
