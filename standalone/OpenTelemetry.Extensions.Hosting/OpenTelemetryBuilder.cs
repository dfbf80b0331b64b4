using Microsoft.Extensions.DependencyInjection;

namespace OpenTelemetry;

/// <summary>
/// What <c>AddOpenTelemetry()</c> returns. Tracing, metrics, logging, the resource and the exporter are configured by the
/// extension methods that the OpenTelemetry package has for <see cref="IOpenTelemetryBuilder"/>.
/// </summary>
public sealed class OpenTelemetryBuilder : IOpenTelemetryBuilder
{
    internal OpenTelemetryBuilder(IServiceCollection services)
    {
        Services = services;
    }

    /// <summary>The services that the telemetry providers are registered in.</summary>
    public IServiceCollection Services { get; }
}
