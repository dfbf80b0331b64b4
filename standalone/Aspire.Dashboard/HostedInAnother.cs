using Microsoft.Extensions.Hosting;

namespace Aspire.Dashboard;

/// <summary>Leaves the signals to the host whose process this server is in.</summary>
internal sealed class HostedInAnother : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
