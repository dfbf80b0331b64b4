using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Standalone;

/// <summary>The lifetime of an application that a test starts and stops.</summary>
internal sealed class PassiveLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
