using MassTransit;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PulseBoard.Activity.Publishing;

/// <summary>The bus, as it does and not only as it says: one that has lost its connection unawares calls itself ready.</summary>
internal sealed class BusHealthCheck(BrokerBus bus) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var own = bus.CheckHealth();
        var result = (own.Status, bus.Failing) switch
        {
            (_, { } failing) => new(
                context.Registration.FailureStatus, $"The broker has confirmed nothing for {failing.TotalSeconds:0} s. The bus: {own.Description}"),
            (BusHealthStatus.Healthy, null) => HealthCheckResult.Healthy(own.Description),
            _ => new(context.Registration.FailureStatus, own.Description, own.Exception),
        };
        return Task.FromResult(result);
    }
}
