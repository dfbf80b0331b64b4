using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire;

/// <summary>Creates a singleton when the host starts, for clients whose <c>DisableAutoActivation</c> is off.</summary>
internal sealed class SingletonActivator<TService>(IServiceProvider services) : IHostedService
    where TService : notnull
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        services.GetRequiredService<TService>();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
