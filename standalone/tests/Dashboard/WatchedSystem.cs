using Aspire.Dashboard;
using Aspire.Hosting.Standalone;
using Microsoft.Extensions.DependencyInjection;
using PulseBoard.Bench.Systems;

namespace PulseBoard.Tests.Standalone.Dashboard;

/// <summary>The whole of PulseBoard with its dashboard, which tests share.</summary>
public sealed class WatchedSystem : IAsyncLifetime
{
    private PulseBoardSystem? _system;

    internal PulseBoardSystem System => _system ?? throw new InvalidOperationException("It has not started.");

    internal DashboardServer Dashboard => System.HostServices.GetRequiredService<DashboardService>().Server!;

    /// <summary>Signs a browser in, and takes it to a page.</summary>
    internal Uri Link(string page) => new($"{Dashboard.LoginLink}&returnUrl={Uri.EscapeDataString(page)}");

    /// <inheritdoc />
    public async Task InitializeAsync() => _system = await PulseBoardSystem.StartAsync(new() { HasDashboard = true });

    /// <inheritdoc />
    public async Task DisposeAsync()
    {
        if (_system is not null)
        {
            await _system.DisposeAsync();
        }
    }
}
