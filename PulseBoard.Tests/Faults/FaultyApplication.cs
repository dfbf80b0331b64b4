using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using PulseBoard.Tests.Application;

namespace PulseBoard.Tests.Faults;

/// <summary>A system whose parts are stopped, killed and started again.</summary>
public sealed class FaultyApplication : PulseBoardApplication
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Stops a part, gracefully.</summary>
    internal Task StopAsync(string resource) => ExecuteAsync(resource, KnownResourceCommands.StopCommand);

    /// <summary>Starts a part, and waits until it is healthy.</summary>
    internal async Task StartAsync(string resource)
    {
        await ExecuteAsync(resource, KnownResourceCommands.StartCommand);
        using var limit = new CancellationTokenSource(Limit);
        await Application.ResourceNotifications.WaitForResourceHealthyAsync(resource, limit.Token);
    }

    /// <summary>Starts a part again, whatever it does now.</summary>
    internal Task RestartAsync(string resource) => ExecuteAsync(resource, KnownResourceCommands.RestartCommand);

    /// <summary>Ends a part, and waits until it is seen to have ended.</summary>
    internal Task EndAsync(string resource, Ending ending) => ending == Ending.Killed ? KillAsync(resource) : StopAsync(resource);

    /// <summary>Impatient, so that a test need not wait for what takes long on purpose.</summary>
    protected override void Configure(IDistributedApplicationTestingBuilder builder)
    {
        var analytics = builder.Resources.OfType<ProjectResource>().Single(project => project.Name == "analytics");
        builder.CreateResourceBuilder(analytics).WithEnvironment("Rollups__AttemptPause", "00:00:00.2");
    }

    private async Task KillAsync(string resource)
    {
        Assert.True(Application.ResourceNotifications.TryGetCurrentState(resource, out var current), $"{resource} is unknown");
        var pid = current.Snapshot.Properties.Single(property => property.Name == "executable.pid").Value;
        using var process = System.Diagnostics.Process.GetProcessById(Convert.ToInt32(pid, System.Globalization.CultureInfo.InvariantCulture));

        // With its children: where Aspire starts a project through `dotnet run`, that is the pid.
        process.Kill(entireProcessTree: true);

        using var limit = new CancellationTokenSource(Limit);
        await Application.ResourceNotifications.WaitForResourceAsync(
            resource, [KnownResourceStates.Finished, KnownResourceStates.Exited], limit.Token);
    }

    private async Task ExecuteAsync(string resource, string command)
    {
        using var limit = new CancellationTokenSource(Limit);
        var result = await Application.ResourceCommands.ExecuteCommandAsync(resource, command, limit.Token);
        Assert.True(result.Success, $"{command} {resource}: {result.ErrorMessage}");
    }
}
